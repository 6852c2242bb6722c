import { z } from 'zod'

/**
 * A case of the Advisory Board and what it holds; shared with the web. That a possibly high-risk use is brought to the
 * Board, and the five subjects of the material, are DS-920 (caio-04 and duty "board-material"); states and standings are
 * ours.
 */

export const caseStates = ['preparing', 'submitted', 'withdrawn', 'advised'] as const
export type CaseState = (typeof caseStates)[number]

/** What may be done with a case in which state, by which deed. The table is the documentation. */
export const workflow = {
  preparing: { submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { withdraw: 'withdrawn', advise: 'advised' },
  withdrawn: { resume: 'preparing' },
  advised: {},
} as const satisfies Record<CaseState, Partial<Record<string, CaseState>>>
export type CaseDeed = 'submit' | 'withdraw' | 'advise' | 'resume'

/** @returns the state the deed leads to, or nothing where the state does not allow it */
export function stateAfter(state: CaseState, deed: CaseDeed): CaseState | undefined {
  const row: Partial<Record<CaseDeed, CaseState>> = workflow[state]
  return row[deed]
}

/** The five parts of the dossier, in their order. */
export const parts = ['content', 'verdict', 'mitigation', 'quality', 'supply-chain'] as const
export type Part = (typeof parts)[number]
export const partSchema = z.enum(parts)

/** Why a part has no text. */
export const partAbsences = ['unknown', 'not-applicable'] as const
export type PartAbsence = (typeof partAbsences)[number]

export const longestPart = 20_000
const reason = z.string().trim().min(1).max(2000)
export const partInputSchema = z.union([
  z.strictObject({ text: z.string().max(longestPart) }),
  z.strictObject({ absent: z.enum(partAbsences), because: reason }),
])
export type PartInput = z.infer<typeof partInputSchema>

/**
 * How somebody stands to a case. Of the Board: the chair and those who deliberate read it; who has not declared sees title
 * and parties; who is recused is told so. `none`: the case is not for this person.
 */
export const standings = ['chair', 'deliberating', 'undeclared', 'recused', 'secretariat', 'ministry', 'none'] as const
export type Standing = (typeof standings)[number]
/** Who reads dossier, opinions and questions. */
export const reads = (standing: Standing): boolean =>
  standing === 'chair' || standing === 'deliberating' || standing === 'secretariat' || standing === 'ministry'
export const deliberates = (standing: Standing): boolean => standing === 'chair' || standing === 'deliberating'

export const declarationTypes = ['no-interest', 'interest', 'recused', 'readmitted'] as const
export type DeclarationType = (typeof declarationTypes)[number]
export type DeclaredStanding = 'undeclared' | 'deliberating' | 'recused'

/**
 * The standing that declarations and decisions lead to, oldest first; the same as `board_standing` of the database. An
 * interest recuses at once. A member who takes it back stays recused until the chair or the secretariat decides: nobody
 * ends the own recusal.
 */
export function standingAfter(types: readonly DeclarationType[]): DeclaredStanding {
  const decided = types.findLast((type) => type !== 'no-interest')
  if (decided === 'interest' || decided === 'recused') return 'recused'
  return types.includes('no-interest') ? 'deliberating' : 'undeclared'
}

export type PartState = {
  readonly part: Part
  readonly text: string
  readonly absent: PartAbsence | null
}
/** What is not there yet. `blocks`: the dossier cannot be submitted without it. */
export const missingCodes = ['no-text', 'not-weighed', 'verdict-stale', 'fact-unanswered', 'no-evidence'] as const
export type Missing = {
  readonly part: Part
  readonly code: (typeof missingCodes)[number]
  readonly blocks: boolean
  /** Of a use: its id; of a fact: the field. */
  readonly of: string | null
}

/** The facts of the register that tell of the supply chain. */
export const supplyFields = ['supplier', 'models', 'hosting-country', 'inputs-for-training', 'ismap'] as const

type Weighed = { readonly id: string; readonly verdict: string; readonly stale: boolean }
/**
 * What a dossier still lacks. A part without text must be said to be unknown or not applicable, with the reason; facts
 * that nobody answered, a stale verdict and missing evidence are named and do not block: the Board is to see them so.
 */
export function missingOf(of: {
  readonly parts: readonly PartState[]
  readonly uses: readonly Weighed[]
  readonly unanswered: readonly string[]
  readonly evidence: number
}): Missing[] {
  const stated = new Map(of.parts.map((p) => [p.part, p]))
  const said = (part: Part) => (stated.get(part)?.absent ?? null) !== null
  const empty = (part: Part) => !said(part) && (stated.get(part)?.text ?? '').trim() === ''
  const missing = (part: Part, code: Missing['code'], blocks: boolean, what: string | null = null): Missing => ({
    part,
    code,
    blocks,
    of: what,
  })
  return [
    ...(empty('content') ? [missing('content', 'no-text', true)] : []),
    ...of.uses
      .filter((use) => use.verdict === 'not-reported')
      .map((use) => missing('verdict', 'not-weighed', !said('verdict'), use.id)),
    ...of.uses.filter((use) => use.stale).map((use) => missing('verdict', 'verdict-stale', false, use.id)),
    ...(['mitigation', 'quality', 'supply-chain'] as const).filter(empty).map((part) => missing(part, 'no-text', true)),
    ...of.unanswered.map((field) => missing('supply-chain', 'fact-unanswered', false, field)),
    ...(of.evidence === 0 ? [missing('quality', 'no-evidence', false)] : []),
  ]
}
