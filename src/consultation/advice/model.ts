import { z } from 'zod'

/**
 * Advice of the Board with conditions; shared with the web. That the Board advises on possibly high-risk projects is DS-920
 * BRD-01; that advice supports a project and is no licence is reported (secondary); conditions, effects and states are ours.
 */

export const adviceStates = ['draft', 'adopted'] as const
export type AdviceState = (typeof adviceStates)[number]

/** What an open condition does at its stage. */
export const effects = ['blocks', 'warns'] as const
export type Effect = (typeof effects)[number]

/** A condition acts on the step into its stage, and on every later one. */
export const conditionStages = ['procurement', 'build-test', 'operation'] as const
export type ConditionStage = (typeof conditionStages)[number]

export const conditionStates = ['open', 'reported', 'met', 'withdrawn'] as const
export type ConditionState = (typeof conditionStates)[number]

/**
 * What may be done with a condition that binds, by whom, and where it leads. The table is the documentation. `change` and
 * `refuse-change` answer what the ministry asked for; the state stays, but a changed wording is open again.
 */
export const workflow = {
  open: { report: 'reported', 'ask-change': 'open', change: 'open', 'refuse-change': 'open', withdraw: 'withdrawn' },
  reported: {
    settle: 'met',
    'send-back': 'open',
    'ask-change': 'reported',
    change: 'open',
    'refuse-change': 'reported',
    withdraw: 'withdrawn',
  },
  met: {},
  withdrawn: {},
} as const satisfies Record<ConditionState, Partial<Record<string, ConditionState>>>
export const conditionDeeds = [
  'report',
  'ask-change',
  'settle',
  'send-back',
  'change',
  'refuse-change',
  'withdraw',
] as const
export type ConditionDeed = (typeof conditionDeeds)[number]

/** @returns the state a deed leads to, or nothing where the state does not allow it */
export function stateAfter(state: ConditionState, deed: ConditionDeed): ConditionState | undefined {
  const row: Partial<Record<ConditionDeed, ConditionState>> = workflow[state]
  return row[deed]
}

/** Deeds of the ministry; the others are those of the Board's side. */
export const ofMinistry: ReadonlySet<ConditionDeed> = new Set(['report', 'ask-change'])

/** A task is named by what it is: open, done, or past its day. The day itself is still in time. */
export const isOverdue = (
  condition: { readonly state: ConditionState; readonly dueOn: string | null },
  today: string,
): boolean =>
  (condition.state === 'open' || condition.state === 'reported') && condition.dueOn !== null && condition.dueOn < today

export const longestAdvice = 20_000
const optionalText = (max: number) => z.string().trim().max(max)
export const conditionInputSchema = z.strictObject({
  text: z.strictObject({ ja: z.string().trim().min(1).max(2000), en: optionalText(2000) }),
  effect: z.enum(effects),
  stage: z.enum(conditionStages),
  ownerOrganisationId: z.uuid(),
  ownerUnit: optionalText(200),
  dueOn: z.iso.date().nullable(),
  evidenceWanted: optionalText(1000),
})
export type ConditionInput = z.infer<typeof conditionInputSchema>

/** Whether somebody must have declared or written before advice is adopted. Data, so that a house can change it. */
export type AdoptionNeeds = {
  readonly everyDeclaration: boolean
  readonly opinions: number
  readonly text: boolean
}
/** What the chair looks at. */
export type BeforeAdoption = {
  readonly caseState: string
  readonly state: AdviceState
  readonly undeclared: readonly { readonly personId: string; readonly since: string }[]
  readonly opinions: number
  readonly textJa: string
  readonly chair: boolean
}
export const adoptionCodes = [
  'not-submitted',
  'already-adopted',
  'declaration-missing',
  'opinion-missing',
  'text-missing',
  'not-chair',
] as const
export type AdoptionCode = (typeof adoptionCodes)[number]
export type AdoptionReason = { readonly code: AdoptionCode; readonly params: Readonly<Record<string, unknown>> }

/** Everything that still keeps advice from being adopted, not only the first. */
export function adoptionReasons(needs: AdoptionNeeds, before: BeforeAdoption): AdoptionReason[] {
  const reason = (code: AdoptionCode, params: AdoptionReason['params'] = {}): AdoptionReason => ({ code, params })
  return [
    ...(before.state === 'adopted' ? [reason('already-adopted')] : []),
    ...(before.state !== 'adopted' && before.caseState !== 'submitted' ? [reason('not-submitted')] : []),
    ...(needs.everyDeclaration && before.undeclared.length > 0
      ? [reason('declaration-missing', { members: before.undeclared })]
      : []),
    ...(before.opinions < needs.opinions
      ? [reason('opinion-missing', { given: before.opinions, needed: needs.opinions })]
      : []),
    ...(needs.text && before.textJa.trim() === '' ? [reason('text-missing')] : []),
    ...(before.chair ? [] : [reason('not-chair')]),
  ]
}
