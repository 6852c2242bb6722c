import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import { hearsAdvice } from './hear-advice.ts'
import { hearsBoard } from './hear-board.ts'
import { hearsConsultation } from './hear-consultation.ts'
import { hearsTenders } from './hear-tenders.ts'
import { hearsUserRules } from './hear-user-rules.ts'
import type { Told } from './store.ts'

/** What is told of an event; each reads what it needs of the rows as they are now. */
export const hears: Readonly<Record<string, (db: Db, event: OutboxRow) => Promise<Told[]>>> = {
  'register.systems-changed': hearChangedSystems,
  'finder.assessed': hearAssessed,
  'import.finished': hearImport,
  ...hearsTenders,
  ...hearsConsultation,
  ...hearsBoard,
  ...hearsAdvice,
  ...hearsUserRules,
  'access.role-changed': hearRole,
  'jobs.failed': async (_db, event) => [toldOfFailure(event)],
  'webhooks.stopped': async (_db, { id, payload, organisationId }) => [
    { kind: 'webhook-stopped', organisationId, itemId: String(payload['webhook']), cause: id },
  ],
  // A broken log concerns whoever watches over any of it.
  'audit.verification-failed': async (_db, { id }) => [
    { kind: 'log-check-failed', organisationId: undefined, itemId: id, cause: id },
  ],
}

/** Once a day for each sort of failure: a mail server that is away for a night is one thing to be told. */
function toldOfFailure({ at, payload, organisationId }: OutboxRow): Told {
  const [name, code] = [String(payload['name']), String(payload['code'])]
  return {
    kind: 'job-failed',
    organisationId: payload['wholeHouse'] === true ? undefined : organisationId,
    itemId: String(payload['job']),
    params: { name, code },
    cause: `${name} ${code} ${at.slice(0, 10)}`,
    // That mail does not get through is not told by mail.
    quiet: name.startsWith('notices.'),
  }
}

/** Uses whose verdict became stale by this change: a fact it rests on has changed at that moment, and none before. */
async function hearChangedSystems(db: Db, event: OutboxRow): Promise<Told[]> {
  const systems = event.payload['systemIds'] as string[]
  const { rows } = await sql<{ id: string; organisationId: string; fields: number }>`
    select u.id, u.organisation_id as "organisationId", jsonb_array_length(u.stale_facts) as fields from ai_use u
    where u.system_id = any(${systems}::uuid[]) and u.stale
      and exists (select 1 from jsonb_array_elements(u.stale_facts) f where f ->> 'at' = ${event.at})
      and not exists (select 1 from jsonb_array_elements(u.stale_facts) f where f ->> 'at' < ${event.at})`.execute(db)
  return rows.map(({ id, organisationId, fields }) => ({
    kind: 'verdict-stale',
    organisationId,
    itemId: id,
    params: { fields },
    cause: `${event.id} ${id}`,
  }))
}

async function hearAssessed(db: Db, event: OutboxRow): Promise<Told[]> {
  if (event.payload['verdict'] !== 'consult-board') return []
  const use = String(event.payload['useId'])
  const { rows } = await sql<{ organisationId: string }>`
    select organisation_id as "organisationId" from ai_use where id = ${use} and not judged`.execute(db)
  return rows.map(({ organisationId }) => ({ kind: 'verdict-to-decide', organisationId, itemId: use, cause: event.id }))
}

async function hearImport(db: Db, event: OutboxRow): Promise<Told[]> {
  const { importId, by } = event.payload as { importId: string; by: string }
  const { rows } = await sql<{ organisationId: string; state: string; stored: number; rejected: number }>`
    select organisation_id as "organisationId", state, stored, rejected from import where id = ${importId}`.execute(db)
  return rows.map(({ organisationId, ...params }) => ({
    kind: 'import-finished',
    organisationId,
    itemId: importId,
    params,
    cause: event.id,
    personId: by,
  }))
}

type RoleChange = {
  id: string
  kind: string
  personId: string
  deputyId: string | null
  actorId: string
  role: string
  organisationId: string
  heldId: string
  from: string
  to: string | null
}

/** What one does oneself one is not told of. */
async function hearRole(db: Db, event: OutboxRow): Promise<Told[]> {
  const { rows } = await sql<RoleChange>`
    select id, type as kind, person_id as "personId", deputy_id as "deputyId", actor_id as "actorId", role,
      organisation_id as "organisationId", role_held_id as "heldId", from_date as "from", to_date as "to"
    from role_change where id = ${String(event.payload['change'])}`.execute(db)
  return rows.flatMap((change): Told[] => {
    const { role, organisationId, heldId, from, to, deputyId } = change
    const params = { role, from, ...(to === null ? {} : { to }) }
    const told = (kind: Told['kind'], personId: string): Told[] =>
      personId === change.actorId ? [] : [{ kind, organisationId, itemId: heldId, params, cause: event.id, personId }]
    if (change.kind === 'given') return told('role-given', change.personId)
    if (change.kind === 'ended') return told('role-ended', change.personId)
    if (change.kind !== 'deputy-named' || deputyId === null) return []
    return [...told('deputy-named', deputyId), ...told('deputy-of-yours', change.personId)]
  })
}

/** Roles that end within two weeks (our preset), told once for each end. */
export async function rolesEnding(db: Db, today: string): Promise<Told[]> {
  const { rows } = await sql<{
    id: string
    personId: string
    role: string
    organisationId: string
    from: string
    to: string
  }>`
    select h.id, h.person_id as "personId", h.role, h.organisation_id as "organisationId", h.from_date as "from",
      h.to_date as "to"
    from role_held h join person p on p.id = h.person_id and p.disabled_at is null
    where h.to_date between ${today}::date and ${today}::date + 14 and h.from_date <= ${today}::date`.execute(db)
  return rows.map(({ id, personId, organisationId, role, from, to }) => ({
    kind: 'role-ending',
    organisationId,
    itemId: id,
    params: { role, from, to },
    cause: `${id} ${to}`,
    personId,
  }))
}
