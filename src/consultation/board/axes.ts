import { strictest } from '#register/model-verdict.ts'
import { type Verdict, valueOf } from '#register/model.ts'

import type { RegisterState } from './dossier.ts'

/** Axis by axis, its state: `raised`, `half`, `clear`, or nothing where it is not settled. */
export type Axes = Readonly<Record<string, string | null>>

/** From the mildest to the strictest; a state of a foreign catalog stands above them all. */
const order = ['clear', 'half', 'raised']
const weight = (state: string | null): number => (state === null ? -1 : (order.indexOf(state) + 4) % 4)

/** Of the uses together the strictest state of each axis; not settled counts only where no use says anything. */
export function axesOfUses(uses: RegisterState['uses']): Axes {
  const axes: Record<string, string | null> = {}
  for (const { id, state } of uses.flatMap((use) => use.assessment?.axes ?? []))
    if (!(id in axes) || weight(state) > weight(axes[id] ?? null)) axes[id] = state
  return axes
}

export const fieldsOfWorkOf = (uses: RegisterState['uses']): string[] =>
  [...new Set(uses.map((use) => valueOf(use.facts, 'field-of-work')))].filter((v): v is string => typeof v === 'string')

export const verdictOfUses = (uses: RegisterState['uses']): Verdict => strictest(uses.map((use) => use.verdict))

/** What two dossiers are compared by. */
export type Likeness = { readonly axes: Axes; readonly fieldsOfWork: readonly string[] }

/** Four fifths by the axes, one fifth by the field of work: preset, ours. */
const shareOfAxes = 0.8

/**
 * How alike two dossiers are. An axis in the same state counts in full, one that is a step away by half, one that is
 * settled on one side only not at all: what is not known is not alike.
 * @returns fraction in 0…1, the same whichever way round it is asked; and the axes in the same state
 */
export function similarity(a: Likeness, b: Likeness): { readonly similarity: number; readonly sameAxes: string[] } {
  const ids = [...new Set([...Object.keys(a.axes), ...Object.keys(b.axes)])].toSorted()
  const sameAxes = ids.filter((id) => a.axes[id] != null && a.axes[id] === b.axes[id])
  const points = ids.map((id) => closeness(a.axes[id] ?? null, b.axes[id] ?? null))
  const byAxes = ids.length === 0 ? 0 : points.reduce((sum, p) => sum + p, 0) / ids.length
  const byField = a.fieldsOfWork.some((field) => b.fieldsOfWork.includes(field)) ? 1 : 0
  return { similarity: shareOfAxes * byAxes + (1 - shareOfAxes) * byField, sameAxes }
}

function closeness(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0
  if (a === b) return 1
  return Math.abs(weight(a) - weight(b)) === 1 ? 0.5 : 0
}
