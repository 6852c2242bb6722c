import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { asSystem } from '#platform/scope.ts'

import type { Me } from '#access/api.ts'
import type { AccessDeps } from '#access/deps.ts'
import { type Role } from '#access/model.ts'
import { todayOf } from '#access/office-day.ts'
import { type RoleHeld, rolesHeldToday } from '#access/roles/roles.ts'
import { whoIs } from '#access/store.ts'

/** Who is signed in, and what that person may do. @throws AppError `not-signed-in` when the person is gone */
export function meOf(deps: AccessDeps, actor: Actor): Promise<Me> {
  return asSystem(async () => {
    const who = await whoIs(deps.db, actor.personId)
    if (!who) throw new AppError('not-signed-in')
    const held = await rolesHeldToday(deps.db, actor.personId, todayOf(deps))
    return {
      ...who,
      roles: [...new Set(held.map(({ role }) => role))],
      rolesHeld: await withNames(deps, held),
      heldFor: actor.organisationId,
      onBehalfOf: actor.onBehalfOf ?? null,
      supplierId: actor.supplierId ?? null,
      role: actor.role as Role,
      demo: await deps.demoPresent(deps.db),
      evaluation: deps.evaluation,
      engine: deps.engine,
      may: deps.rights.mayAll(actor),
      finder: deps.finderInForce(),
    }
  })
}

type Named = {
  organisation: Me['organisation']
  onBehalfOf: Me['organisation'] | null
  supplier: Me['organisation'] | null
}

async function withNames(deps: AccessDeps, held: readonly RoleHeld[]): Promise<Me['rolesHeld']> {
  const { rows } = await sql<Named>`
    select jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
      case when p.id is null then null else
        jsonb_build_object('id', p.id, 'name', jsonb_build_object('ja', p.name_ja, 'en', p.name_en)) end as "onBehalfOf",
      case when s.id is null then null else
        jsonb_build_object('id', s.id, 'name', jsonb_build_object('ja', s.name, 'en', s.name_en)) end as supplier
    from jsonb_to_recordset(${JSON.stringify(held.map((one, place) => ({ ...one, place })))}::jsonb)
        as h(place int, "organisationId" uuid, "onBehalfOf" uuid, "supplierId" uuid)
      join organisation o on o.id = h."organisationId" left join person p on p.id = h."onBehalfOf"
      left join supplier s on s.id = h."supplierId"
    order by h.place`.execute(deps.db)
  return held.map(({ role, until }, i) => ({ role, until, ...rows[i]! }))
}
