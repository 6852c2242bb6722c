import type { Texts } from '#web/texts/language.tsx'

import { formatNumber } from './format.ts'

export type NumberLimits = { readonly min?: number; readonly max?: number; readonly integer?: boolean }

/** Reads what people type: half or full width, with or without commas. `undefined` when empty, `NaN` when not a number. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[,、\s]/g, '')
    .replace(/^[−‐―ー]/, '-')
  if (plain === '') return undefined
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN
}

/** What is wrong with a number, in words; undefined when nothing is. */
export function numberFault(value: number | undefined, limits: NumberLimits, t: Texts): string | undefined {
  if (value === undefined) return undefined
  if (Number.isNaN(value)) return t.ui.number.notANumber
  if (limits.integer && !Number.isInteger(value)) return t.ui.number.integer
  if (limits.min !== undefined && value < limits.min) return t.ui.number.tooSmall(formatNumber(limits.min))
  if (limits.max !== undefined && value > limits.max) return t.ui.number.tooLarge(formatNumber(limits.max))
  return undefined
}
