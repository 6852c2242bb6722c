import { sql } from 'kysely'

import { officeDay, todayOf } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import type { UsableSystem } from './api.ts'

/**
 * AI systems in operation in the person's ministry, those the person uses first. A system kept to its unit is shown to that
 * unit only, as everywhere.
 */
export async function usableSystems(
  deps: Pick<UserRulesDeps, 'db' | 'now' | 'timeZone'>,
  actor: Actor,
): Promise<UsableSystem[]> {
  const { rows } = await sql<UsableSystem>`
    select s.id, s.number, jsonb_build_object('ja', s.facts #>> '{name,value}',
        'en', coalesce(s.facts #>> '{name-en,value}', s.facts #>> '{name,value}')) as name,
      (select u.purpose from ai_use u where u.system_id = s.id and u.stage = 'operation' and u.purpose <> '' order by u.position limit 1) as purpose,
      jsonb_build_object('ja', o.name_ja, 'en', coalesce(nullif(o.name_en, ''), o.name_ja)) as organisation,
      case when a.rule_id is null then null else jsonb_build_object('number', a.number, 'effectiveFrom', a.effective_from) end as rule,
      k.since as "usedSince"
    from ai_system s join organisation o on o.id = s.organisation_id
      left join rules_asking(${todayOf(deps)}::date) a on a.system_id = s.id
      left join system_in_use k on k.system_id = s.id and k.person_id = ${actor.personId}
    where o.path[1] = (select h.path[1] from organisation h where h.id = ${actor.organisationId})
      and exists (select 1 from ai_use u where u.system_id = s.id and u.stage = 'operation') or k.since is not null
    order by k.since is null, s.facts #>> '{name,value}', s.id limit 500`.execute(deps.db)
  return rows
}

type Input = { readonly systemId: string; readonly uses: boolean }

/**
 * A person says that they use a system, or no longer do: its rule concerns them from that day on. Said again, nothing changes.
 * @throws AppError `not-permitted` (reason `deputy`), `not-found`, `wrong-state` (reason `not-in-operation`)
 */
export function useSystem(
  deps: Pick<UserRulesDeps, 'tx' | 'may' | 'timeZone'>,
  actor: Actor,
  { systemId, uses }: Input,
): Promise<void> {
  deps.may(actor, 'acknowledge-rule')
  if (actor.onBehalfOf !== undefined)
    throw new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'deputy' })
  return deps.tx(actor, async (t) => {
    const { rows } = await sql<{ organisationId: string; operates: boolean }>`
      select s.organisation_id as "organisationId",
        exists (select 1 from ai_use u where u.system_id = s.id and u.stage = 'operation') as operates
      from ai_system s join organisation o on o.id = s.organisation_id
      where s.id = ${systemId} and o.path[1] = (select h.path[1] from organisation h where h.id = ${actor.organisationId})`.execute(
      t.db,
    )
    const system = rows[0]
    if (!system) throw new AppError('not-found', { system: systemId })
    if (uses && !system.operates) throw new AppError('wrong-state', { reason: 'not-in-operation' })
    const changed = uses
      ? await sql`insert into system_in_use (person_id, system_id, since)
          values (${actor.personId}, ${systemId}, ${officeDay(t.at, deps.timeZone)}) on conflict do nothing returning 1 as n`.execute(
          t.db,
        )
      : await sql`delete from system_in_use where person_id = ${actor.personId} and system_id = ${systemId} returning 1 as n`.execute(
          t.db,
        )
    if (changed.rows.length === 0) return
    await t.append({
      type: uses ? 'system.use-begun' : 'system.use-ended',
      itemKind: 'system',
      itemId: systemId,
      organisationId: system.organisationId,
    })
  })
}
