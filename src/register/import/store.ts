import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Import, ImportRow, Mark } from './api.ts'
import type { NewUnit, Unit } from './place-organisations.ts'

/** A row of the file that is no row of the table: above the header, the header itself, notes below it. */
export type OutsideRow = { readonly rowNumber: number; readonly cells: readonly string[] }

/** What the round trip does not give back: counted when the sheet is read. */
export type Layout = { readonly delimiter: string | null; readonly drops?: readonly Mark[] }

export type ImportRecord = {
  readonly id: string
  readonly organisationId: string
  readonly sha256: string
  readonly fileName: string
  readonly bytes: number
  readonly format: string
  readonly encoding: string | null
  readonly sheet: string | null
  readonly headerRow: number
  readonly header: readonly string[]
  readonly outside: readonly OutsideRow[]
  readonly layout: Layout
  readonly map: Readonly<Record<string, unknown>>
  readonly readingDigest: string
  readonly rows: number
  readonly demo?: boolean
}

export async function insertImport(t: Tx, r: ImportRecord): Promise<void> {
  await sql`insert into import (id, organisation_id, file_sha256, file_name, bytes, format, encoding, sheet, header_row,
      header, preamble, layout, map, reading_digest, state, rows, stored, rejected, flags, started_at, actor_id, demo, heartbeat_at)
    values (${r.id}, ${r.organisationId}, ${r.sha256}, ${r.fileName}, ${r.bytes}, ${r.format}, ${r.encoding}, ${r.sheet},
      ${r.headerRow}, ${JSON.stringify(r.header)}::jsonb, ${JSON.stringify(r.outside)}::jsonb,
      ${JSON.stringify(r.layout)}::jsonb, ${JSON.stringify(r.map)}::jsonb, ${r.readingDigest}, 'running', ${r.rows}, 0, 0,
      '[]'::jsonb, ${t.at.toISOString()}, ${t.actor.personId}, ${r.demo ?? false}, clock_timestamp())`.execute(t.db)
}

export type JudgedRecord = {
  readonly rowNumber: number
  readonly outcome: 'stored' | 'rejected'
  readonly reasons: readonly Mark[]
  readonly flags: readonly Mark[]
  readonly cells: readonly string[]
  readonly systemId: string | null
}

const stored = ({ rowNumber, outcome, reasons, flags, cells, systemId }: JudgedRecord) => ({
  rowNumber,
  outcome,
  reasons,
  flags,
  cells,
  systemId,
})

/** A JSON text of all rows would be tens of megabytes: they travel in parts. */
export async function insertRows(
  t: Tx,
  importId: string,
  organisationId: string,
  rows: readonly JudgedRecord[],
): Promise<void> {
  await sql`insert into import_row (import_id, row_number, organisation_id, outcome, reasons, flags, cells, system_id)
    select ${importId}::uuid, r."rowNumber", ${organisationId}::uuid, r.outcome, r.reasons, r.flags, r.cells, r."systemId"
    from jsonb_to_recordset(${JSON.stringify(rows.map(stored))}::jsonb)
      as r("rowNumber" int, outcome text, reasons jsonb, flags jsonb, cells jsonb, "systemId" uuid)`.execute(t.db)
}

/** @returns false when it was not running any more, or is done but was to be cancelled; then nothing is changed */
export async function finishImport(
  db: Db,
  id: string,
  end: {
    state: 'done' | 'cancelled' | 'failed'
    at: Date
    stored: number
    rejected: number
    marks: unknown
    error: Mark | null
  },
): Promise<boolean> {
  const { rows } =
    await sql`update import set state = ${end.state}, finished_at = ${end.at.toISOString()}, stored = ${end.stored},
      rejected = ${end.rejected}, flags = ${JSON.stringify(end.marks)}::jsonb, error = ${JSON.stringify(end.error)}::jsonb
    where id = ${id} and state = 'running' and (${end.state} <> 'done' or not cancel_asked) returning id`.execute(db)
  return rows.length > 0
}

/** Whether somebody, on whichever server, asked for its end in time. */
export async function isCancelAsked(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from import where id = ${id} and state = 'running' and cancel_asked`.execute(db)
  return rows.length > 0
}

export async function markUndone(t: Tx, id: string): Promise<void> {
  await sql`update import set state = 'undone', undone_at = ${t.at.toISOString()} where id = ${id}`.execute(t.db)
  await sql`update import_row set system_id = null where import_id = ${id}`.execute(t.db)
}

export async function doneBefore(
  db: Db,
  organisationId: string,
  readingDigest: string,
): Promise<{ importId: string; at: string } | undefined> {
  const { rows } = await sql<{ importId: string; at: string }>`
    select id as "importId", started_at as at from import
    where organisation_id = ${organisationId} and reading_digest = ${readingDigest} and state = 'done'`.execute(db)
  return rows[0]
}

const importColumns = sql`
  i.id, i.file_name as "fileName", i.bytes, i.format, i.encoding, i.sheet, i.header_row as "headerRow",
  coalesce(i.map -> 'name' ->> 'ja', i.map ->> 'id') as "mapName", i.state, i.rows, i.stored, i.rejected,
  coalesce(i.flags -> 'reasons', '[]') as reasons, coalesce(i.flags -> 'flags', '[]') as flags,
  (select count(*)::int from ai_system s where s.import_id = i.id and s.version > 1) as "editedSince",
  i.error, i.started_at as at, i.finished_at as "finishedAt", i.undone_at as "undoneAt",
  jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
  case when p.id is null then null else jsonb_build_object('name', jsonb_build_object('ja', p.name_ja, 'en', p.name_en),
    'post', jsonb_build_object('ja', p.post_ja, 'en', p.post_en)) end as actor, i.demo, null as progress`
const importTables = sql`import i join organisation o on o.id = i.organisation_id left join person p on p.id = i.actor_id`

export async function listImports(db: Db, limit = 200): Promise<Import[]> {
  const { rows } =
    await sql<Import>`select ${importColumns} from ${importTables} order by i.started_at desc, i.id desc limit ${limit}`.execute(
      db,
    )
  return rows
}

export async function importById(db: Db, id: string): Promise<Import | undefined> {
  const { rows } = await sql<Import>`select ${importColumns} from ${importTables} where i.id = ${id}`.execute(db)
  return rows[0]
}

export type ImportSource = {
  readonly organisationId: string
  readonly organisationPath: readonly string[]
  readonly sha256: string
  readonly fileName: string
  readonly format: 'csv' | 'xlsx'
  readonly encoding: string | null
  readonly sheet: string | null
  readonly headerRow: number
  readonly header: readonly string[]
  readonly outside: readonly OutsideRow[]
  readonly layout: Layout
  readonly map: Readonly<Record<string, unknown>>
  readonly state: Import['state']
  readonly at: string
}

export async function importSource(db: Db, id: string, lock = false): Promise<ImportSource | undefined> {
  if (lock) await lockRows(db, 'import', [id])
  const { rows } = await sql<ImportSource>`
    select i.organisation_id as "organisationId", o.path as "organisationPath", i.file_sha256 as sha256, i.file_name as "fileName",
      i.format, i.encoding, i.sheet, i.header_row as "headerRow", i.header, i.preamble as outside, i.layout, i.map, i.state, i.started_at as at
    from import i join organisation o on o.id = i.organisation_id where i.id = ${id}`.execute(db)
  return rows[0]
}

/** @param after  row number of the last row seen; 0 for the first page */
export async function rowsOfImport(
  db: Db,
  id: string,
  page: { outcome?: string; after: number; limit: number },
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select row_number as "rowNumber", outcome, reasons, flags, cells, system_id as "systemId" from import_row
    where import_id = ${id} and row_number > ${page.after}
      and (${page.outcome ?? null}::text is null or outcome = ${page.outcome ?? null})
    order by row_number limit ${page.limit}`.execute(db)
  return rows
}

export async function rowOfSystem(db: Db, systemId: string): Promise<(ImportRow & { importId: string }) | undefined> {
  const { rows } = await sql<ImportRow & { importId: string }>`
    select import_id as "importId", row_number as "rowNumber", outcome, reasons, flags, cells, system_id as "systemId"
    from import_row where system_id = ${systemId}`.execute(db)
  return rows[0]
}

export async function unitsOf(db: Db): Promise<Unit[]> {
  const { rows } = await sql<Unit>`
    select id, parent_id as "parentId", jsonb_build_array(name_ja, name_en, code) as names from organisation where valid_to is null or valid_to >= current_date`.execute(
    db,
  )
  return rows
}

/** Organisations that an import makes, parents before children. */
export async function insertUnits(t: Tx, units: readonly NewUnit[]): Promise<void> {
  for (const unit of units) {
    await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, name_en, created_at, created_by)
      select ${unit.id}, p.id, p.path || ${unit.id}::uuid, case when p.parent_id is null then 'bureau' else 'division' end,
        ${`ORG-${unit.id.slice(-12).toUpperCase()}`}, ${unit.name}, '', ${t.at.toISOString()}, ${t.actor.personId}
      from organisation p where p.id = ${unit.parentId}`.execute(t.db)
  }
  await t.append(
    units.map((unit) => ({
      type: 'organisation.added',
      itemKind: 'organisation',
      itemId: unit.id,
      detail: { parent: unit.parentId, by: 'import' },
    })),
  )
}
