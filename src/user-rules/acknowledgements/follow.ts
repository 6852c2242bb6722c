import { todayOf } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import type { Counts, Followed, FollowedRule, MissingQuery, StaffPage, StaffRow } from './api.ts'
import { dueOn, standingOf } from './model.ts'
import { type AskingRule, askingAround, askingRule } from './store-standing.ts'
import {
  countPlaces,
  describeRules,
  lastReminder,
  listStaff,
  type Place,
  type PlaceCounts,
  placesBelow,
  placesNamed,
} from './store-follow.ts'

export type FollowDeps = Pick<UserRulesDeps, 'db' | 'may' | 'now' | 'timeZone' | 'acknowledging'>

const none: Counts = { staff: 0, this: 0, wording: 0, earlier: 0, never: 0, earlierOver: 0, neverOver: 0 }

export const addUp = (all: readonly Counts[]): Counts =>
  all.reduce<Counts>(
    (sum, one) => ({
      staff: sum.staff + one.staff,
      this: sum.this + one.this,
      wording: sum.wording + one.wording,
      earlier: sum.earlier + one.earlier,
      never: sum.never + one.never,
      earlierOver: sum.earlierOver + one.earlierOver,
      neverOver: sum.neverOver + one.neverOver,
    }),
    none,
  )

/** The rules whose acknowledgement can be followed from the place of the role. */
export async function followedRules(deps: FollowDeps, actor: Actor): Promise<FollowedRule[]> {
  deps.may(actor, 'read-acknowledgements')
  const rules = await askingAround(deps.db, actor.organisationId, todayOf(deps))
  const described = await describeRules(deps.db, rules)
  return rules.map((rule) => followed(rule, described.get(rule.versionId)))
}

const followed = (rule: AskingRule, described: Pick<FollowedRule, 'name' | 'questions'> | undefined): FollowedRule => ({
  ruleId: rule.ruleId,
  versionId: rule.versionId,
  level: rule.systemId === null ? 'ministry' : 'system',
  name: described?.name ?? { ja: '', en: '' },
  number: rule.number,
  askedNumber: rule.askedNumber,
  effectiveFrom: rule.effectiveFrom,
  askedFrom: rule.askedFrom,
  digest: rule.digest,
  questions: described?.questions ?? 0,
})

/**
 * The rule and the place that are asked for. Without a place: that of the role, or of the rule where it lies below.
 * @throws AppError `not-found` when no version is in force or it may not be seen; `not-permitted` (reason `elsewhere`) for
 *   people who are not below the place of the role: counts of nobody would read as "everybody has"
 */
export async function followedPlace(
  { db, may }: Pick<FollowDeps, 'db' | 'may'>,
  actor: Actor,
  { rule: ruleId, organisation, on }: { rule: string; organisation?: string | undefined; on: string },
): Promise<{ rule: AskingRule; place: Place }> {
  may(actor, 'read-acknowledgements')
  const rule = await askingRule(db, ruleId, on)
  if (!rule) throw new AppError('not-found', { 'user-rule': ruleId })
  const ofRule = rule.systemId === null && rule.organisationPath.includes(actor.organisationId)
  const id = organisation ?? (ofRule ? rule.organisationId : actor.organisationId)
  const [place] = await placesNamed(db, [id])
  if (!place) throw new AppError('not-found', { organisation: id })
  const concerned =
    rule.systemId === null ? place.path.includes(rule.organisationId) : place.path[0] === rule.organisationPath[0]
  if (!place.path.includes(actor.organisationId) || !concerned)
    throw new AppError('not-permitted', { action: 'read-acknowledgements', reason: 'elsewhere' })
  return { rule, place }
}

/** Who has acknowledged a rule, by places. */
export async function followRule(
  deps: FollowDeps,
  actor: Actor,
  asked: { readonly rule: string; readonly organisation?: string | undefined },
): Promise<Omit<Followed, 'reminder'> & { reminder: Omit<Followed['reminder'], 'may'> }> {
  const { db, acknowledging } = deps
  const on = todayOf(deps)
  const { rule, place } = await followedPlace(deps, actor, { ...asked, on })
  const [places, counts] = [await placesBelow(db, place.id), await countPlaces(db, rule, on, acknowledging.dueDays)]
  const described = await describeRules(db, [rule])
  const last = await lastReminder(db, rule.versionId, place.path, on)
  return {
    rule: followed(rule, described.get(rule.versionId)),
    organisation: { id: place.id, name: place.name },
    above: await aboveOf(db, place, actor, rule),
    ...rollUp(place.id, places, counts),
    dueDays: acknowledging.dueDays,
    dueOn: dueOn(rule, { since: rule.askedFrom, number: null }, acknowledging.dueDays),
    reminder: { toldToday: last?.today === true, last: last ? { at: last.at, people: last.people } : null },
  }
}

async function aboveOf(db: Db, place: Place, actor: Actor, rule: AskingRule) {
  const from = place.path.indexOf(actor.organisationId)
  const first = rule.systemId === null ? Math.max(from, place.path.indexOf(rule.organisationId)) : from
  const above = await placesNamed(db, place.path.slice(first, -1))
  return above.map(({ id, name }) => ({ id, name }))
}

/** A place by itself and each one directly below it with all that lies below that one; they add up to the whole. */
export function rollUp(
  root: string,
  places: readonly Place[],
  counts: readonly PlaceCounts[],
): Pick<Followed, 'total' | 'rows'> {
  const known = new Map(places.map((place) => [place.id, place]))
  const depth = known.get(root)?.path.length ?? 0
  const within = counts.flatMap((count) => {
    const at = known.get(count.organisationId)
    return at ? [{ count, top: at.path[depth] ?? root }] : []
  })
  const groups = Map.groupBy(within, ({ top }) => top)
  const rows = places.flatMap(({ id, name }) => {
    const own = groups.get(id)
    if (!own) return []
    const below = id !== root && places.some((p) => p.id !== id && p.path.includes(id))
    return [{ ...addUp(own.map(({ count }) => count)), id, name, itself: id === root, below }]
  })
  return { total: addUp(rows), rows }
}

type Page = { readonly limit: number; readonly after: readonly [string, string] | undefined }

/** The people of one standing in a place and below it. */
export async function staffOf(
  deps: FollowDeps,
  actor: Actor,
  { rule: ruleId, organisation, show }: MissingQuery,
  { limit, after }: Page,
): Promise<Omit<StaffPage, 'next'> & { readonly last: [string, string] | null }> {
  const on = todayOf(deps)
  const { dueDays } = deps.acknowledging
  const { rule, place } = await followedPlace(deps, actor, { rule: ruleId, organisation, on })
  const rows = await listStaff(deps.db, { rule, organisationId: place.id, on, dueDays, show, limit, after })
  const items = rows.slice(0, limit).map(({ key: _key, ...row }): StaffRow => {
    const standing = standingOf(rule, { since: on, number: row.number })
    return { ...row, standing, over: (standing === 'earlier' || standing === 'never') && row.dueOn < on }
  })
  return { items, last: rows.length > limit ? (rows[limit - 1]?.key ?? null) : null }
}
