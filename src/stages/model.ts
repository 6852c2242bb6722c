import type { Provenance, SourcePlace } from '#catalog/model-texts.ts'
import type { Name, Role } from '#access/model.ts'
import { type Stage, stages } from '#register/fields.ts'

/** Stages whose step asks for something; a waiver names one of them. */
export const steppedInto = ['procurement', 'build-test', 'operation'] as const satisfies readonly Stage[]
export type SteppedInto = (typeof steppedInto)[number]

/** What kind of step it is, as the catalog asks (`way`). */
export const ways = ['onwards', 'back', 'resume', 'stop'] as const
export type Way = (typeof ways)[number]

/**
 * From stage to stage. A stage that was never reported is reported, not stepped into: then nothing is asked. Out of a
 * suspension a system resumes what it had reached; to where it never was it goes onwards, so that suspending and retiring
 * is no way round what a step needs.
 * @param reached stages that the system was in at any time
 */
export function wayOf(from: Stage | undefined, to: Stage, reached: ReadonlySet<Stage>): Way | undefined {
  if (from === undefined) return undefined
  if (to === 'suspended' || to === 'retired') return 'stop'
  const far = (stage: Stage) => stages.indexOf(stage)
  if (from === 'suspended' || from === 'retired')
    return stages.slice(far(to), far('suspended')).some((stage) => reached.has(stage)) ? 'resume' : 'onwards'
  return far(to) > far(from) ? 'onwards' : 'back'
}

export const effects = ['blocks', 'warns'] as const
export type Effect = (typeof effects)[number]

/**
 * `not-known`: whether it is needed, or in place, cannot be said yet; it stands in the way as if it were missing.
 * `waived`: missing, and the Chief AI Officer has let it pass.
 */
export const needStates = ['missing', 'not-known', 'waived', 'met'] as const
export type NeedState = (typeof needStates)[number]

/** Where something is done: a screen of a room with the item there, or a field of the record. */
export const placeKinds = [
  'finder',
  'case',
  'conditions',
  'procurement',
  'system-rule',
  'ministry-rule',
  'field',
  'none',
] as const
export type PlaceKind = (typeof placeKinds)[number]
export type Place = {
  readonly kind: PlaceKind
  /** Of a case, a procurement, a rule: its id where there is one; of a field: the field. */
  readonly id: string | null
  /** Of the finder: the uses to be weighed. */
  readonly useIds: readonly string[]
}

export type Need = {
  readonly id: string
  readonly effect: Effect
  readonly state: NeedState
  readonly title: Name
  readonly text: Name
  readonly role: Role | null
  /** The rule of the catalog that asks for it, its title as the reason, whose words and where from. */
  readonly rule: string
  readonly reason: Name
  readonly provenance: { readonly ja: Provenance; readonly en: Provenance }
  readonly sources: readonly SourcePlace[]
  readonly place: Place
  /** Day or moment, ISO 8601, since when it has been missing; null where nothing tells. */
  readonly since: string | null
  /** Questions of the catalog that are not answered and on which it depends; of `not-known`. */
  readonly unanswered: readonly string[]
  readonly waiverId: string | null
}

/** Without a waiver for it, this need keeps the step from being taken. */
export const standsInTheWay = (need: Pick<Need, 'effect' | 'state'>): boolean =>
  need.effect === 'blocks' && (need.state === 'missing' || need.state === 'not-known')
export const warns = (need: Pick<Need, 'effect' | 'state'>): boolean =>
  need.effect === 'warns' && (need.state === 'missing' || need.state === 'not-known')

/** A waiver as it stands: until a day, or withdrawn, or neither. */
export type WaiverState = 'holds' | 'ended' | 'withdrawn'
/** @param today day in Japan, ISO 8601 */
export const waiverState = (
  waiver: { readonly untilOn: string | null; readonly withdrawn: unknown },
  today: string,
): WaiverState =>
  waiver.withdrawn !== null ? 'withdrawn' : waiver.untilOn !== null && waiver.untilOn < today ? 'ended' : 'holds'
