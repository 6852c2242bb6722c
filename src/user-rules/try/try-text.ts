import type { CompiledRule, CompiledSetting } from '#user-rules/compile.ts'
import type { Category, Service } from '#user-rules/settings.ts'

import { patterns } from './patterns.ts'

export type Treatment = 'refuse' | 'mask' | 'warn' | 'allow'
export type Found = {
  readonly category: Category
  /** In UTF-16 units of the text. */
  readonly from: number
  readonly to: number
}

/** Full-width digits, letters and signs are read as half-width ones; each is one unit long in both, so places stay. */
const halfWidth = (text: string) =>
  text.replaceAll(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ')

/** Personal data found in a text, by place; of two that overlap the one that stands first in the list of patterns. */
export function findPersonalData(text: string): Found[] {
  const read = halfWidth(text)
  const found: Found[] = []
  for (const { category, pattern, group, holds } of patterns) {
    for (const match of read.matchAll(pattern)) {
      const part = group === undefined ? match[0] : match[group]
      if (part === undefined || (holds && !holds(part))) continue
      const start = match.index + (group === undefined ? 0 : match[0].indexOf(part))
      const one = { category, from: start, to: start + part.length }
      if (!found.some((other) => one.from < other.to && other.from < one.to)) found.push(one)
    }
  }
  return found.toSorted((a, b) => a.from - b.from)
}

/** Out-of-scope subjects whose terms stand in the text. */
function findSubjects(text: string, setting: CompiledSetting | undefined): string[] {
  const codes = Array.isArray(setting?.value) ? (setting.value as readonly string[]) : []
  return codes.filter((code) => setting?.names[code]?.terms?.some((term) => text.includes(term)))
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'found'
      readonly text: string
      readonly category: Category
      readonly treatment: Treatment | null
      /** Of a masked one: which of its category it is, from 1; the same words get the same number. */
      readonly number: number
    }

export type Tried = {
  /** The strictest of what was found; `unknown` where nothing is set for something found. */
  readonly outcome: 'sent' | 'masked' | 'warned' | 'refused'
  readonly pieces: readonly Piece[]
  /** The settings that decide, strictest first. */
  readonly because: readonly CompiledSetting[]
  readonly subjects: readonly string[]
  /** Categories that were found and for which nothing is set. */
  readonly notSet: readonly Category[]
}

const order: readonly Treatment[] = ['refuse', 'mask', 'warn', 'allow']
const outcomeOf = { refuse: 'refused', mask: 'masked', warn: 'warned', allow: 'sent' } as const

/**
 * What a rule does with a text that somebody wants to send to a service. Pure; finds what has a form or a word beside it. It
 * cannot tell every name and every circumstance, so "sent" does not mean that nothing personal is in it.
 */
export function tryText(rule: Pick<CompiledRule, 'settings'>, service: Service, text: string): Tried {
  const settingFor = (category: Category) =>
    rule.settings.find((s) => s.kind === 'personal-data' && s.service === service && s.category === category)
  const found = findPersonalData(text)
  const numbers = new Map<string, number>()
  const pieces: Piece[] = []
  let at = 0
  for (const { category, from, to } of found) {
    if (from > at) pieces.push({ kind: 'text', text: text.slice(at, from) })
    const words = text.slice(from, to)
    const key = `${category} ${words}`
    const known = [...numbers.keys()].filter((k) => k.startsWith(`${category} `)).length
    if (!numbers.has(key)) numbers.set(key, known + 1)
    const treatment = (settingFor(category)?.value ?? null) as Treatment | null
    pieces.push({ kind: 'found', text: words, category, treatment, number: numbers.get(key)! })
    at = to
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  const subjectSetting = rule.settings.find((s) => s.kind === 'subjects')
  const subjects = findSubjects(text, subjectSetting)
  const categories = [...new Set(found.map((f) => f.category))]
  const deciding = categories
    .flatMap((category) => settingFor(category) ?? [])
    .toSorted((a, b) => order.indexOf(a.value as Treatment) - order.indexOf(b.value as Treatment))
  const strictest = deciding[0] === undefined ? 'allow' : (deciding[0].value as Treatment)
  return {
    outcome: subjects.length > 0 ? 'refused' : outcomeOf[strictest],
    pieces,
    because: subjects.length > 0 && subjectSetting ? [subjectSetting, ...deciding] : deciding,
    subjects,
    notSet: categories.filter((category) => settingFor(category) === undefined),
  }
}
