import { type FieldId, type Stage, stages } from './fields.ts'
import { type Facts, textOf } from './model.ts'

/** What a step asks for besides being in the table. */
export type Condition =
  /** Only these kinds of service may skip what lies between. */
  { readonly serviceKind: readonly string[] } | 'reason'

/** Kinds that are bought or arrive as they are: nothing is built. */
const asTheyAre: Condition = { serviceKind: ['ready-made-service', 'feature-by-update'] }
/** Kinds that need no contract of their own: made in the house, or part of a contract that exists. */
const withoutContract: Condition = {
  serviceKind: ['self-hosted-open-model', 'tuned-or-trained', 'ai-platform-own-application', 'feature-by-update'],
}

/**
 * Steps between stages: the table is the documentation. The stages are those of DS-920 v1.0 (planning, procurement and
 * contract, build and test, operation). Idea, suspended and retired, and which step follows which, are our preset. What
 * must be in place before a step is a catalog (catalogs/stage-needs-1) and asked through the gate (stage-gate.ts).
 */
export const workflow = {
  idea: { planning: [], retired: ['reason'] },
  planning: {
    idea: ['reason'],
    procurement: [],
    'build-test': [withoutContract],
    operation: [asTheyAre],
    retired: ['reason'],
  },
  procurement: {
    planning: ['reason'],
    'build-test': [],
    operation: [asTheyAre],
    retired: ['reason'],
  },
  'build-test': { procurement: ['reason'], planning: ['reason'], operation: [], retired: ['reason'] },
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
  /** What the gate misses: ids of the list `needs` of the catalog in force, and the rule that asks for each. */
  | {
      readonly code: 'need-missing'
      readonly params: { readonly needs: readonly { readonly need: string; readonly rule: string }[] }
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

function reasonsOf(condition: Condition, { facts }: Situation, reason: string | undefined): StepReason[] {
  if (condition === 'reason')
    return reason === undefined || reason.trim() === '' ? [{ code: 'reason-needed', params: {} }] : []
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
 * Every other stage and whether the table opens it now; the gate may still ask for more. A reason that is still to be
 * written does not close a step: it is listed with `open: true`, so that the page asks for it.
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
