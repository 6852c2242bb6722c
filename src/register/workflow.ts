import { type FieldId, type Stage, stages } from './fields.ts'
import { type Facts, textOf, type Verdict } from './model.ts'

/** What a step asks for besides being in the table. */
export type Condition =
  /** Only these kinds of service may skip what lies between. */
  | { readonly serviceKind: readonly string[] }
  /** Every use has been weighed, with a verdict that is settled and still holds. */
  | 'weighed'
  | 'reason'

/** Kinds that are bought or arrive as they are: nothing is built. */
const asTheyAre: Condition = { serviceKind: ['ready-made-service', 'feature-by-update'] }
/** Kinds that need no contract of their own: made in the house, or part of a contract that exists. */
const withoutContract: Condition = {
  serviceKind: ['self-hosted-open-model', 'tuned-or-trained', 'ai-platform-own-application', 'feature-by-update'],
}

/**
 * Steps between stages: the table is the documentation. The stages are those of DS-920 v1.0 (planning, procurement and
 * contract, build and test, operation); that the risk is judged in planning, before procurement, is PLN-01 and CAIO-03.
 * Idea, suspended and retired, and which step follows which, are our preset.
 */
export const workflow = {
  idea: { planning: [], retired: ['reason'] },
  planning: {
    idea: ['reason'],
    procurement: ['weighed'],
    'build-test': ['weighed', withoutContract],
    operation: ['weighed', asTheyAre],
    retired: ['reason'],
  },
  procurement: {
    planning: ['reason'],
    'build-test': ['weighed'],
    operation: ['weighed', asTheyAre],
    retired: ['reason'],
  },
  'build-test': { procurement: ['reason'], planning: ['reason'], operation: ['weighed'], retired: ['reason'] },
  operation: { suspended: ['reason'], 'build-test': ['reason'], retired: ['reason'] },
  suspended: { operation: ['reason'], 'build-test': [], retired: ['reason'] },
  // Retired by mistake: it comes back suspended, and goes on from there.
  retired: { suspended: ['reason'] },
} as const satisfies Record<Stage, Partial<Record<Stage, readonly Condition[]>>>

export type StepReason =
  | { readonly code: 'wrong-state'; readonly params: { readonly from: Stage; readonly allowed: readonly Stage[] } }
  | {
      readonly code: 'service-kind'
      readonly params: { readonly field: 'service-kind'; readonly allowed: readonly string[] }
    }
  | {
      readonly code: 'not-weighed' | 'cannot-decide' | 'stale'
      readonly params: { readonly useIds: readonly string[] }
    }
  | { readonly code: 'reason-needed'; readonly params: Readonly<Record<string, never>> }
  | { readonly code: 'before-last-step'; readonly params: { readonly field: FieldId; readonly since: string } }
  | { readonly code: 'in-future'; readonly params: { readonly today: string } }

export type Step =
  | { readonly ok: true; readonly to: Stage }
  | { readonly ok: false; readonly reasons: readonly StepReason[] }

/** What the step looks at. */
export type Situation = {
  readonly facts: Facts
  readonly uses: readonly { readonly id: string; readonly verdict: Verdict; readonly stale: boolean }[]
}

export const stageOf = (facts: Facts): Stage | undefined => stages.find((stage) => stage === textOf(facts, 'stage'))
export const sinceField = (stage: Stage): FieldId => `${stage}-since`

/**
 * Whether a system may go to a stage. A stage that was never reported may be reported as any.
 * @returns every reason why not, not only the first
 */
export function step(situation: Situation, to: Stage, how: { reason?: string | undefined } = {}): Step {
  const from = stageOf(situation.facts)
  if (from === undefined) return { ok: true, to }
  const row: Partial<Record<Stage, readonly Condition[]>> = workflow[from]
  const conditions = row[to]
  if (!conditions)
    return { ok: false, reasons: [{ code: 'wrong-state', params: { from, allowed: Object.keys(row) as Stage[] } }] }
  const reasons = conditions.flatMap((condition) => reasonsOf(condition, situation, how.reason))
  return reasons.length === 0 ? { ok: true, to } : { ok: false, reasons }
}

function reasonsOf(condition: Condition, { facts, uses }: Situation, reason: string | undefined): StepReason[] {
  if (condition === 'reason')
    return reason === undefined || reason.trim() === '' ? [{ code: 'reason-needed', params: {} }] : []
  if (condition === 'weighed') {
    const failing = (code: 'not-weighed' | 'cannot-decide' | 'stale', ids: string[]): StepReason[] =>
      ids.length === 0 ? [] : [{ code, params: { useIds: ids } }]
    return [
      ...failing(
        'not-weighed',
        uses.filter((u) => u.verdict === 'not-reported').map((u) => u.id),
      ),
      ...failing(
        'cannot-decide',
        uses.filter((u) => u.verdict === 'cannot-decide').map((u) => u.id),
      ),
      ...failing(
        'stale',
        uses.filter((u) => u.stale).map((u) => u.id),
      ),
    ]
  }
  return condition.serviceKind.includes(textOf(facts, 'service-kind'))
    ? []
    : [{ code: 'service-kind', params: { field: 'service-kind', allowed: condition.serviceKind } }]
}

/** A step is dated the day it was taken: not to come, and not before the day of the stage that it leaves. */
export function dateReasons(facts: Facts, on: string, today: string): StepReason[] {
  const from = stageOf(facts)
  const since = from === undefined ? '' : textOf(facts, sinceField(from))
  return [
    ...(on > today ? [{ code: 'in-future', params: { today } } as const] : []),
    ...(from !== undefined && since !== '' && on.slice(0, since.length) < since
      ? [{ code: 'before-last-step', params: { field: sinceField(from), since } } as const]
      : []),
  ]
}

/**
 * Every other stage and whether it is open now. A reason that is still to be written does not close a step: it is listed
 * with `open: true`, so that the page asks for it.
 */
export function allowedSteps(situation: Situation): { to: Stage; open: boolean; reasons: readonly StepReason[] }[] {
  const from = stageOf(situation.facts)
  return stages
    .filter((to) => to !== from)
    .map((to) => {
      const result = step(situation, to)
      const reasons = result.ok ? [] : result.reasons
      return { to, open: reasons.every((r) => r.code === 'reason-needed'), reasons }
    })
}
