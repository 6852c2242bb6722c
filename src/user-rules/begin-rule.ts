import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import { organisationById } from '#access/store.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import { placeOfSystem } from '#register/place-of-system.ts'

import { firstClauses, type Guide } from './guide.ts'
import type { Level } from './model.ts'
import { actionOf } from './open-version.ts'
import { copyClauses, insertClauses, insertVersion, tell } from './store-write.ts'

export type BeginDeps = { readonly tx: RunTx; readonly may: May; readonly userRuleGuide: Guide }
type Place = { readonly organisationId: string; readonly organisationPath: readonly string[] }

/**
 * Begins the rule of an organisation or of a system: a first version in draft, with the clauses that the guide proposes.
 * @throws AppError `not-found` (organisation or system), `not-permitted`, `already-exists` with the rule that is there
 */
export function beginRule(
  deps: BeginDeps,
  actor: Actor,
  input: { readonly organisationId: string } | { readonly systemId: string },
): Promise<{ id: string; versionId: string }> {
  return deps.tx(actor, async (t) => {
    const systemId = 'systemId' in input ? input.systemId : null
    const level: Level = systemId === null ? 'ministry' : 'system'
    const place = await placeOf(t, input)
    deps.may(actor, actionOf(level, 'write'), { organisationPath: place.organisationPath })
    const { organisationId } = place
    // Two who begin at once: the second finds the rule of the first.
    if (systemId === null) await lockRows(t.db, 'organisation', [organisationId])
    else await lockRows(t.db, 'ai_system', [systemId])
    const taken = await sql<{ id: string }>`select id from user_rule
      where case when ${systemId}::uuid is null then system_id is null and organisation_id = ${organisationId}
        else system_id = ${systemId}::uuid end`.execute(t.db)
    if (taken.rows[0]) throw new AppError('already-exists', { 'user-rule': taken.rows[0].id })
    const [id, versionId] = [t.newId(), t.newId()]
    await sql`insert into user_rule (id, organisation_id, system_id, created_at, created_by)
      values (${id}, ${organisationId}, ${systemId}, ${t.at.toISOString()}, ${actor.personId})`.execute(t.db)
    const { catalog, edition } = deps.userRuleGuide
    const at = { ruleId: id, organisationId, systemId }
    const guide = `${catalog}@${edition}`
    await insertVersion(t, { ...at, id: versionId, number: 1, guide, beforeId: null, contact: null })
    const clauses = firstClauses(deps.userRuleGuide, level)
    await insertClauses(
      t,
      versionId,
      clauses.map(({ id: clause, content }, index) => {
        // Nobody here has compared the languages of a proposal yet.
        return { id: clause, position: index + 1, content, basedOn: clause, sameMeaning: false }
      }),
    )
    await tell(t, { ...at, versionId, type: 'rule-begun', detail: { guide, level } })
    return { id, versionId }
  })
}

async function placeOf(t: Tx, input: { organisationId: string } | { systemId: string }): Promise<Place> {
  if ('systemId' in input) {
    const place = await placeOfSystem(t.db, input.systemId)
    if (!place) throw new AppError('not-found', { system: input.systemId })
    return place
  }
  const organisation = await organisationById(t.db, input.organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: input.organisationId })
  return { organisationId: organisation.id, organisationPath: organisation.path }
}

type RuleRow = Place & {
  readonly systemId: string | null
  readonly open: number
  readonly last: { readonly id: string; readonly number: number; readonly contact: unknown } | null
}

/**
 * Begins the next version of a rule with what was last adopted.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` when a version is still worked on, or none was adopted
 */
export function beginVersion(
  deps: Pick<BeginDeps, 'tx' | 'may'>,
  actor: Actor,
  ruleId: string,
): Promise<{ versionId: string; number: number }> {
  return deps.tx(actor, async (t) => {
    await lockRows(t.db, 'user_rule', [ruleId])
    const { rows } = await sql<RuleRow>`
      select r.organisation_id as "organisationId", o.path as "organisationPath", r.system_id as "systemId",
        (select count(*)::int from rule_version v where v.rule_id = r.id and v.state <> 'adopted') as open,
        (select jsonb_build_object('id', v.id, 'number', v.number, 'contact', v.contact) from rule_version v
          where v.rule_id = r.id and v.state = 'adopted' order by v.number desc limit 1) as last
      from user_rule r join organisation o on o.id = r.organisation_id where r.id = ${ruleId}`.execute(t.db)
    const rule = rows[0]
    if (!rule) throw new AppError('not-found', { 'user-rule': ruleId })
    deps.may(actor, actionOf(rule.systemId === null ? 'ministry' : 'system', 'write'), {
      organisationPath: rule.organisationPath,
    })
    if (rule.open > 0 || rule.last === null)
      throw new AppError('wrong-state', { what: 'user-rule', reason: rule.open > 0 ? 'version-open' : 'none-adopted' })
    const { organisationId, systemId, last } = rule
    const [versionId, number] = [t.newId(), last.number + 1]
    const at = { ruleId, organisationId, systemId }
    await insertVersion(t, { ...at, id: versionId, number, guide: null, beforeId: last.id, contact: last.contact })
    await copyClauses(t, last.id, versionId)
    await tell(t, { ...at, versionId, type: 'version-begun', detail: { number, before: last.id } })
    return { versionId, number }
  })
}
