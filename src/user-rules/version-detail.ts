import type { Action } from '#access/model.ts'
import type { Item, May } from '#access/may.ts'
import { officeDay } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { RuleList, StepState, VersionDetail } from './api.ts'
import { actionOf } from './open-version.ts'
import { situationOf } from './situation.ts'
import { listRules, organisationWithoutRule, peopleConcerned, systemsWithoutRule } from './store-list.ts'
import { clausesOf, inText, loadWithRow } from './store-read.ts'
import { type Review, reviewsOf } from './store-reviews.ts'
import { type Step, step } from './workflow.ts'

export type ReadDeps = { readonly db: Db; readonly may: May; readonly now: Now; readonly timeZone: string }

export const todayIn = (deps: Pick<ReadDeps, 'now' | 'timeZone'>): string => officeDay(deps.now(), deps.timeZone)

export function isOpen(may: May, actor: Actor, action: Action, item?: Item): boolean {
  try {
    may(actor, action, item)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

const stateOf = (result: Step): StepState =>
  result.ok
    ? { ok: true, reasons: [] }
    : { ok: false, reasons: result.reasons.map(({ code, params }) => ({ code, params: { ...params } })) }

/** A version as its page shows it. @throws AppError `not-found`, also when it may not be seen */
export async function versionDetail(deps: ReadDeps, actor: Actor, id: string): Promise<VersionDetail> {
  const [today, at] = [todayIn(deps), deps.now()]
  const loaded = await loadWithRow(deps.db, id, today)
  const { row, version, before } = loaded
  const reviews = await reviewsOf(deps.db, id)
  const situation = await situationOf(deps, { db: deps.db, at }, loaded, reviews)
  const [rule] = await listRules(deps.db, today, row.ruleId)
  const item = { organisationPath: row.organisationPath }
  const may = (what: 'write' | 'adopt') => isOpen(deps.may, actor, actionOf(row.level, what), item)
  const versions = rule?.versions ?? []
  const open = versions.some(({ state }) => state === 'draft' || state === 'review')
  return {
    version,
    versions,
    before: before && { number: version.number - 1, clauses: inText(before) },
    reviews,
    // Who reviews is named with the step itself: here it is asked whether anything else stands in the way.
    review: stateOf(step({ ...situation, reviews: [{ finding: null }] }, 'review')),
    adopt: stateOf(step(situation, 'adopted')),
    concerned: await asSystem(() => peopleConcerned(deps.db, row, today)),
    may: {
      write: may('write'),
      adopt: may('adopt'),
      review: named(reviews, actor) && isOpen(deps.may, actor, 'review-rule'),
      beginNext: may('write') && !open,
    },
  }
}

const named = (reviews: readonly Review[], actor: Actor) => reviews.some((r) => r.personId === actor.personId)

/** The rules that may be seen, and which systems in operation have none. */
export async function ruleList(deps: ReadDeps, actor: Actor): Promise<RuleList> {
  deps.may(actor, 'read-user-rules')
  const today = todayIn(deps)
  const without = await systemsWithoutRule(deps.db, today)
  const own = await organisationWithoutRule(deps.db, actor.organisationId)
  const mayBegin = own !== undefined && isOpen(deps.may, actor, 'write-ministry-rule', { organisationPath: own.path })
  return {
    rules: (await listRules(deps.db, today)).map(({ id, level, organisation, system, versions }) => {
      return { id, level, organisation, system, versions }
    }),
    withoutRule: without.map(({ organisationPath, ...system }) => ({
      ...system,
      mayBegin: system.ruleId === null && isOpen(deps.may, actor, 'write-system-rule', { organisationPath }),
    })),
    may: {
      beginMinistry: mayBegin ? { id: own.id, name: own.name } : null,
      beginSystem: isOpen(deps.may, actor, 'write-system-rule'),
    },
  }
}

/**
 * Which version of a rule is shown when none is named: to whom works on rules the one that is worked on, else the one in
 * force, else the newest.
 */
export async function versionToShow(deps: ReadDeps, ruleId: string, number?: number): Promise<string> {
  const [rule] = await listRules(deps.db, todayIn(deps), ruleId)
  const versions = rule?.versions ?? []
  const found =
    number === undefined
      ? (versions.find(({ state }) => state === 'draft' || state === 'review') ??
        versions.find(({ state }) => state === 'in-force') ??
        versions[0])
      : versions.find((version) => version.number === number)
  if (!found) throw new AppError('not-found', { 'user-rule': ruleId })
  return found.id
}

/** @throws AppError `not-found` when none is in force today */
export async function versionInForce(deps: ReadDeps, ruleId: string): Promise<string> {
  const [rule] = await listRules(deps.db, todayIn(deps), ruleId)
  const found = rule?.versions.find(({ state }) => state === 'in-force')
  if (!found) throw new AppError('not-found', { 'user-rule': ruleId, state: 'in-force' })
  return found.id
}

/** Clauses of any version of a rule, for a comparison. @throws AppError `not-found` */
export async function clausesOfNumber(deps: ReadDeps, ruleId: string, number: number) {
  const id = await versionToShow(deps, ruleId, number)
  return inText((await clausesOf(deps.db, [id])).get(id) ?? [])
}
