import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { fields } from '#register/fields.ts'

/** Procurement Check Sheet and Contract Check Sheet (DS-920 v1.0, section 3, 2). */
export const sheetKinds = ['procurement-check', 'contract-check'] as const
export type SheetKind = (typeof sheetKinds)[number]

/** Procurement pattern: the codes of the register. */
export const patterns = fields['service-kind'].codes
export type Pattern = (typeof patterns)[number]

export const ways = ['document', 'test', 'run-time-rule'] as const
/** How an item is verified. */
export type Way = (typeof ways)[number]

export const clauseStates = ['open', 'negotiating', 'agreed'] as const
export type ClauseState = (typeof clauseStates)[number]

export const proofKinds = ['evidence', 'run-time-rule'] as const
/** When a proof is given: with the offer, in build and test, or in operation. */
export const proofStages = ['procurement', 'build-test', 'operation'] as const
export const proofStates = ['open', 'done'] as const

const provenance = z.enum(['official', 'secondary', 'preset'])
const marks = z.object({ ja: provenance, en: provenance })
export const sourcePlaceSchema = z.object({
  document: z.string(),
  at: z.string().optional(),
  url: z.string().optional(),
})

/** What the catalogs say of an item, in both languages. Texts for specification and contract are ours. */
export const presetSchema = z.object({
  title: nameSchema,
  titleProvenance: marks,
  titleSource: z.array(sourcePlaceSchema),
  groupTitle: nameSchema,
  asks: nameSchema.nullable(),
  requirement: nameSchema,
  clause: nameSchema,
  evidence: z.array(nameSchema),
  verification: z.array(z.object({ way: z.enum(ways), text: nameSchema })),
  /** Chapter of the specification. */
  chapter: nameSchema,
  /** Stage in which the item is proved. */
  stage: z.enum(proofStages),
  /** Items of the other sheet that say the same for the contract. */
  related: z.array(z.string()),
})
export type Preset = z.infer<typeof presetSchema>

export const proposalKinds = ['include', 'leave-out', 'undecided'] as const

/**
 * What the rules propose for an item. Never without a ground: an item is included or left out for `reasons`; where
 * unknown answers still decide, they are `questions`, and the reasons are those that may come to hold.
 */
export const proposalSchema = z.object({
  says: z.enum(proposalKinds),
  reasons: z.array(z.object({ rule: z.string(), text: nameSchema, provenance: marks })),
  questions: z.array(z.object({ id: z.string(), title: nameSchema, field: z.string().nullable() })),
})
export type Proposal = z.infer<typeof proposalSchema>

/** Places that somebody has still to fill in: 【保存期間】 or, in English, [retention period]. */
const gap = /【[^】]*】|\[[^\]]*\]/g
export const gapsIn = (text: string): string[] => text.match(gap) ?? []

/** `P06` for `p-06`. */
export const labelOf = (item: string): string => item.toUpperCase().replace('-', '')

type Decided = {
  readonly sheet: SheetKind
  readonly included: boolean | null
  readonly requirement: string
  readonly clause: { readonly text: string; readonly state: ClauseState }
}

/** What an item still lacks; nothing when it is complete. */
export const lacks = ['decision', 'requirement', 'requirement-gap', 'clause', 'agreement'] as const
export type Lack = (typeof lacks)[number]

/**
 * An item that is left out lacks nothing. Of the Procurement Check Sheet an included one needs its requirement, without
 * places to fill in; of the Contract Check Sheet its clause, agreed.
 */
export function lackOf(item: Decided): Lack | undefined {
  if (item.included === null) return 'decision'
  if (!item.included) return undefined
  if (item.sheet === 'contract-check') {
    if (item.clause.text.trim() === '' || gapsIn(item.clause.text).length > 0) return 'clause'
    return item.clause.state === 'agreed' ? undefined : 'agreement'
  }
  if (item.requirement.trim() === '') return 'requirement'
  return gapsIn(item.requirement).length > 0 ? 'requirement-gap' : undefined
}

export const sheetStates = ['none', 'open', 'complete'] as const
export type SheetState = (typeof sheetStates)[number]

/** A sheet without items was never made. */
export function sheetState(items: readonly Decided[]): SheetState {
  if (items.length === 0) return 'none'
  return items.every((item) => lackOf(item) === undefined) ? 'complete' : 'open'
}

const line = (max: number) => z.string().trim().max(max)
export const titleSchema = line(200).min(1)
export const reasonSchema = line(2000).min(1)
export const longText = z.string().trim().max(20_000)
export const chapterSchema = line(40)
export const evidenceSchema = z.array(line(500).min(1)).max(20)
export const waysSchema = z.array(z.enum(ways)).max(ways.length)
