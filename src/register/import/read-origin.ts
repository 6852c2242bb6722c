import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { isFieldId } from '#register/fields.ts'
import { type Fact, factOf, type Facts } from '#register/model.ts'
import { columnMapSchema } from '#register/spreadsheet/column-map.ts'
import { matchColumns } from '#register/spreadsheet/match-map.ts'

import type { Origin } from './api.ts'
import { importSource, rowOfSystem } from './store.ts'

/**
 * The row of the spreadsheet that a system came from, cell for cell, beside what became of each and how it stands now.
 * @throws AppError `not-found` when the system was not imported
 */
export async function readOrigin(db: Db, systemId: string): Promise<Origin> {
  const row = await rowOfSystem(db, systemId)
  const source = row && (await importSource(db, row.importId))
  if (!row || !source) throw new AppError('not-found', { origin: systemId })
  const then = await importedFacts(db, systemId)
  const now = await factsNow(db, systemId)
  const fields = fieldsOfColumns(source.header, source.map)
  const width = Math.max(source.header.length, row.cells.length)
  return {
    import: {
      id: row.importId,
      fileName: source.fileName,
      encoding: source.encoding,
      sheet: source.sheet,
      headerRow: source.headerRow,
      at: source.at,
    },
    rowNumber: row.rowNumber,
    flags: row.flags,
    cells: Array.from({ length: width }, (_, i) => {
      const field = fields[i] ?? null
      const fact = field !== null && isFieldId(field) ? factOf(then, field) : null
      const current = field !== null && isFieldId(field) ? factOf(now, field) : null
      return {
        position: i + 1,
        header: source.header[i] ?? '',
        raw: row.cells[i] ?? '',
        field,
        fact,
        now: current,
        same: JSON.stringify(fact) === JSON.stringify(current),
      }
    }),
  }
}

/** Which field each column went into, by the map as it was at the import. */
function fieldsOfColumns(header: readonly string[], map: unknown): (string | null)[] {
  const seen = new Map<string, number>()
  const columns = header.map((name, i) => {
    const occurrence = (seen.get(name) ?? 0) + 1
    seen.set(name, occurrence)
    return { position: i + 1, name, occurrence }
  })
  const matched = matchColumns(columnMapSchema.parse(map), { index: 0, depth: 1, columns, repeated: [] })
  return matched.columns.map(({ column }) => column?.field ?? null)
}

type FieldChange = { readonly field: string; readonly to: Fact }

/** The history's first entry holds every fact as it was imported. */
async function importedFacts(db: Db, systemId: string): Promise<Facts> {
  const { rows } = await sql<{ fields: FieldChange[] }>`
    select fields from change where system_id = ${systemId} and kind = 'imported'`.execute(db)
  return Object.fromEntries(rows.flatMap((row) => row.fields.map((change) => [change.field, change.to])))
}

async function factsNow(db: Db, systemId: string): Promise<Facts> {
  const { rows } = await sql<{ facts: Facts }>`
    select s.facts || coalesce((select u.facts from ai_use u where u.system_id = s.id order by u.position limit 1), '{}') as facts
    from ai_system s where s.id = ${systemId}`.execute(db)
  return rows[0]?.facts ?? {}
}
