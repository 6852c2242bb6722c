import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import { newId } from '#platform/ids.ts'

const founder = '00000000-0000-7000-8000-00000000000f'

export type MadeOrganisation = { readonly id: string; readonly path: readonly string[] }

/** Builders of who there is: put straight into the tables, because every use case needs them before it can run. */
export const make = {
  async organisation(db: Db, name = 'あおば省', parent?: MadeOrganisation): Promise<MadeOrganisation> {
    const id = newId()
    const path = [...(parent?.path ?? []), id]
    await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, name_en, created_at, created_by)
      values (${id}, ${parent?.id ?? null}, ${path}::uuid[], ${parent ? 'division' : 'ministry'}, ${id.slice(-8)}, ${name}, ${`${name} en`}, now(), ${founder})`.execute(
      db,
    )
    return { id, path }
  },
  async person(
    db: Db,
    organisation: MadeOrganisation,
    role: Role = 'caio',
    from = '2020-01-01',
    to: string | null = null,
  ): Promise<Actor> {
    const id = newId()
    await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, local, created_at, created_by)
      values (${id}, ${organisation.id}, '山川 一郎', 'Ichiro Yamakawa', ${role}, ${role}, true, now(), ${founder})`.execute(
      db,
    )
    await sql`insert into role_held (person_id, role, organisation_id, from_date, to_date, created_by)
      values (${id}, ${role}, ${organisation.id}, ${from}, ${to}, ${founder})`.execute(db)
    return { personId: id, role, organisationId: organisation.id }
  },
}

/** Asks the server as a person: signs in once and sends the cookie with every request. */
export async function as(app: App, actor: Actor) {
  const entered = await app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { personId: actor.personId, role: actor.role },
  })
  const cookie = String(entered.headers['set-cookie']).split(';')[0]!
  return (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: unknown,
    headers: Record<string, string> = {},
  ) =>
    app.inject({
      method,
      url,
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    })
}
