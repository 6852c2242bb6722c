import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import { insertRole } from '#access/roles/store-roles.ts'
import type { Tx } from '#audit/transaction.ts'

/**
 * Posts of evaluation mode: one local person for each role that an office of its own needs. The words are a first proposal
 * and can be changed.
 */
const posts = {
  caio: { ja: 'AI統括責任者', en: 'Chief AI Officer' },
  planner: { ja: '企画者', en: 'Planner' },
  provider: { ja: '提供者', en: 'Provider' },
  user: { ja: '利用者', en: 'User' },
  board: { ja: 'アドバイザリーボード委員', en: 'Member of the Advisory Board' },
  desk: { ja: 'AI相談窓口', en: 'AI Consultation Desk' },
  auditor: { ja: '監査', en: 'Auditor' },
  administrator: { ja: '管理者', en: 'Administrator' },
} as const satisfies Partial<Record<Role, { ja: string; en: string }>>
const ministry = { ja: 'あなたの府省', en: 'Your ministry' }

/** Whether anybody can sign in without an identity provider. */
export async function someoneLocal(t: Pick<Tx, 'db'>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (
    select 1 from person p join role_held h on h.person_id = p.id where p.local and p.disabled_at is null) as there`.execute(
    t.db,
  )
  return rows[0]!.there
}

/**
 * The least with which an office can begin in evaluation mode: an organisation to be renamed, and one local person for each
 * role in it.
 * @returns the id of the organisation
 */
export async function foundOffice(t: Tx): Promise<string> {
  const id = t.newId()
  const at = t.at.toISOString()
  await sql`insert into organisation (id, path, kind, code, name_ja, name_en, created_at, created_by)
    values (${id}, ${[id]}::uuid[], 'ministry', ${`ORG-${id.slice(-6).toUpperCase()}`}, ${ministry.ja}, ${ministry.en},
      ${at}::timestamptz, ${t.actor.personId})`.execute(t.db)
  const people = (Object.keys(posts) as (keyof typeof posts)[]).map((role) => ({ id: t.newId(), role, ...posts[role] }))
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, local, created_at, created_by)
    select r.id, ${id}::uuid, r.ja, r.en, r.ja, r.en, true, ${at}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r(id uuid, ja text, en text)`.execute(t.db)
  await t.append([
    {
      type: 'organisation.added',
      itemKind: 'organisation',
      itemId: id,
      organisationId: id,
      detail: { kind: 'ministry' },
    },
    ...people.map((p) => ({
      type: 'person.added',
      itemKind: 'person',
      itemId: p.id,
      organisationId: id,
      detail: { role: p.role, local: true },
    })),
  ])
  const from = at.slice(0, 10)
  for (const { id: personId, role } of people)
    await insertRole(t, { personId, role, organisationId: id, supplierId: null, from, to: null })
  return id
}
