import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { type FilterQuery, filterOf } from '#register/api-filter.ts'
import type { Fact, Facts, Verdict } from '#register/model.ts'
import type { RegisterRecord } from '#register/spreadsheet/register-table.ts'
import { modelTitle } from '#register/store-lists.ts'
import { idsIn, loadNames, type Names } from '#register/store-names.ts'
import { findAll } from '#register/store-search.ts'

/** What stands beside the facts of a use, in the order of the columns. */
export const metaColumns = [
  'number',
  'system-id',
  'use-id',
  'organisation',
  'organisation-code',
  'verdict',
  'ruled-verdict',
  'stale',
  'import-id',
  'import-row',
  'demo',
  'version',
  'created-at',
  'updated-at',
] as const

type Row = {
  useId: string
  systemId: string
  organisationId: string
  number: string
  facts: Facts
  useFacts: Facts
  verdict: Verdict
  ruledVerdict: Verdict | null
  stale: boolean
  importId: string | null
  importRow: number | null
  demo: boolean
  version: number
  createdAt: string
  updatedAt: string
}

const most = 1_000_000
const pageSize = 1000

/**
 * Every use that the filter finds, with all of its facts; suppliers and models by name.
 * @param chosen ids of uses; then these and no others
 */
export async function loadRecords(db: Db, query: FilterQuery, chosen?: readonly string[]): Promise<RegisterRecord[]> {
  const ids = chosen ?? (await findAll(db, filterOf(query), most))
  const records: RegisterRecord[] = []
  for (let i = 0; i < ids.length; i += pageSize) {
    const rows = await loadRows(db, ids.slice(i, i + pageSize))
    const names = await loadNames(db, rows)
    records.push(...rows.map((row) => recordOf(row, names)))
  }
  return records.toSorted((a, b) => (a.meta['number']! < b.meta['number']! ? -1 : 1))
}

async function loadRows(db: Db, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select u.id as "useId", s.id as "systemId", s.organisation_id as "organisationId", s.number, s.facts, u.facts as "useFacts",
      u.verdict, u.ruled_verdict as "ruledVerdict", u.stale, s.import_id as "importId", s.import_row as "importRow", s.demo,
      s.version, s.created_at as "createdAt", s.updated_at as "updatedAt"
    from ai_use u join ai_system s on s.id = u.system_id where u.id = any(${ids}::uuid[])
    order by s.number, u.position`.execute(db)
  return rows
}

function recordOf(row: Row, names: Names): RegisterRecord {
  const path = names.organisations.get(row.organisationId)?.path ?? []
  return {
    meta: {
      number: row.number,
      'system-id': row.systemId,
      'use-id': row.useId,
      organisation: path.map((unit) => unit.name.ja).join(' / '),
      'organisation-code': path.at(-1)?.code ?? '',
      verdict: row.verdict,
      'ruled-verdict': row.ruledVerdict ?? '',
      stale: row.stale ? 'yes' : 'no',
      'import-id': row.importId ?? '',
      'import-row': row.importRow === null ? '' : String(row.importRow),
      demo: row.demo ? 'yes' : 'no',
      version: String(row.version),
      'created-at': row.createdAt,
      'updated-at': row.updatedAt,
    },
    facts: named({ ...row.facts, ...row.useFacts }, names),
  }
}

/** Ids mean nothing outside this register: suppliers and models go out by their names. */
function named(facts: Facts, names: Names): Facts {
  const supplier = idsIn(facts, 'supplier')[0]
  const models = idsIn(facts, 'models')
  return {
    ...facts,
    ...(supplier === undefined
      ? {}
      : { supplier: { value: names.suppliers.get(supplier)?.name ?? supplier } satisfies Fact }),
    ...(models.length === 0 ? {} : { models: { value: models.map((id) => modelTitle(names, id)) } satisfies Fact }),
  }
}
