import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

import type { ChangeKind } from './api.ts'
import type { Facts } from './model.ts'
import type { FieldChange } from './model-facts.ts'

/** Statements that write many rows at once: the same few serve one system and an import of thousands. */

export type SystemRecord = {
  readonly id: string
  readonly organisationId: string
  readonly number: string
  readonly facts: Facts
  readonly supplierId: string | null
  readonly modelIds: readonly string[]
  readonly version: number
  readonly importId: string | null
  readonly importRow: number | null
  readonly newBecause: string | null
  readonly demo: boolean
}

export type ChangeRecord = {
  readonly systemId: string
  readonly useId: string | null
  readonly organisationId: string
  readonly kind: ChangeKind
  readonly reason: string | null
  readonly fields: readonly FieldChange[]
  readonly version: number
}

/** A JSON text of a whole import would be tens of megabytes: rows travel in parts. */
const part = 500
export async function inParts(rows: readonly object[], write: (json: string) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < rows.length; i += part) await write(JSON.stringify(rows.slice(i, i + part)))
}

export async function insertSystems(t: Tx, systems: readonly SystemRecord[]): Promise<void> {
  const at = t.at.toISOString()
  await inParts(systems, (json) =>
    sql`insert into ai_system (id, organisation_id, number, facts, supplier_id, version, import_id, import_row, new_because,
        demo, created_at, created_by, updated_at, updated_by)
      select r.id, r."organisationId", r.number, r.facts, r."supplierId", r.version, r."importId", r."importRow",
        r."newBecause", r.demo, ${at}::timestamptz, ${t.actor.personId}::uuid, ${at}::timestamptz, ${t.actor.personId}::uuid
      from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "organisationId" uuid, number text, facts jsonb,
        "supplierId" uuid, version int, "importId" uuid, "importRow" int, "newBecause" text, demo boolean)`.execute(
      t.db,
    ),
  )
  await insertSystemModels(t, systems)
}

export async function updateSystems(t: Tx, systems: readonly SystemRecord[]): Promise<void> {
  const at = t.at.toISOString()
  await inParts(systems, (json) =>
    sql`update ai_system s set organisation_id = r."organisationId", facts = r.facts, supplier_id = r."supplierId",
        version = r.version, updated_at = ${at}::timestamptz, updated_by = ${t.actor.personId}::uuid
      from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "organisationId" uuid, facts jsonb, "supplierId" uuid, version int)
      where s.id = r.id`.execute(t.db),
  )
  await sql`delete from system_model where system_id = any(${systems.map((s) => s.id)}::uuid[])`.execute(t.db)
  await insertSystemModels(t, systems)
}

async function insertSystemModels(t: Tx, systems: readonly SystemRecord[]): Promise<void> {
  const links = systems.flatMap((system) =>
    [...new Set(system.modelIds)].map((modelId, i) => ({
      systemId: system.id,
      modelId,
      organisationId: system.organisationId,
      position: i + 1,
    })),
  )
  await inParts(links, (json) =>
    sql`insert into system_model (system_id, model_id, organisation_id, position)
      select r."systemId", r."modelId", r."organisationId", r.position from jsonb_to_recordset(${json}::jsonb)
        as r("systemId" uuid, "modelId" uuid, "organisationId" uuid, position int)`.execute(t.db),
  )
}

export async function insertChanges(t: Tx, changes: readonly ChangeRecord[]): Promise<void> {
  await inParts(
    changes.map((change) => ({ ...change, id: t.newId() })),
    (json) =>
      sql`insert into change (id, system_id, use_id, organisation_id, at, actor_id, actor_role, kind, reason, fields, version)
        select r.id, r."systemId", r."useId", r."organisationId", ${t.at.toISOString()}::timestamptz,
          ${t.actor.personId}::uuid, ${t.actor.role}, r.kind, r.reason, r.fields, r.version
        from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "systemId" uuid, "useId" uuid, "organisationId" uuid,
          kind text, reason text, fields jsonb, version int)`.execute(t.db),
  )
}
