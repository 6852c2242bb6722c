import type { May } from '#access/may.ts'
import { organisationById } from '#access/store.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { RowJudgement } from '#register/spreadsheet/judge-rows.ts'

import type { Preview, ReadingRequest } from './api.ts'
import type { KnownMap } from './column-maps.ts'
import type { JudgedTable, ReadTable } from './read-table.ts'
import { readingDigest } from './reading-digest.ts'
import { doneBefore } from './store.ts'

type Page = { readonly from: number; readonly limit: number; readonly show: 'all' | 'rejected' | 'flagged' }

/**
 * What an import would do, row by row, before anything is stored. Changing encoding, header row or map asks again.
 * @param page `from`: position in the rows that are shown, from 0
 * @throws AppError `not-permitted`, `not-found` (file, map or organisation), `bad-file` and the other faults of files
 */
export async function previewImport(
  deps: { db: Db; may: May; readTable: ReadTable },
  actor: Actor,
  input: { reading: ReadingRequest; page: Page; maps: readonly KnownMap[] },
): Promise<Preview> {
  const organisationId = input.reading.organisationId ?? actor.organisationId
  const organisation = await organisationById(deps.db, organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: organisationId })
  deps.may(actor, 'import', { organisationPath: organisation.path })
  const judged = await deps.readTable(input.reading, input.maps)
  const { grid, table, tally } = judged
  const before = await doneBefore(deps.db, organisationId, readingDigest(grid.sha256, grid.sheet))
  const shown = judged.rows.filter((row) => shows(row, input.page.show))
  const end = input.page.from + input.page.limit
  return {
    encoding: grid.encoding ?? null,
    delimiter: grid.delimiter ?? null,
    sheet: grid.sheet ?? null,
    headerRow: grid.rowNumbers[table.header.index] ?? 1,
    headerGuess: judged.headerGuess,
    header: table.columns.map((column) => column.name),
    map: table.map,
    mapProposed: judged.proposed,
    columns: columnsOf(judged),
    rows: tally.rows,
    stored: tally.stored,
    rejected: tally.rejected,
    flagged: tally.flagged,
    reasons: countsOf(tally.reasons),
    flags: countsOf(tally.flags),
    warnings: grid.warnings.map(({ code, ...params }) => ({ code, params })),
    page: shown.slice(input.page.from, end).map(previewRow),
    next: end < shown.length ? end : null,
    alreadyImported: before ?? null,
  }
}

const shows = (row: RowJudgement, what: Page['show']) =>
  what === 'all' || (what === 'rejected' ? row.outcome === 'rejected' : row.flags.length > 0)

/** Most frequent first. */
export const countsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([code, count]) => ({ code, count }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))

function columnsOf({ table, rows }: JudgedTable): Preview['columns'] {
  const flagged = new Map<number, number>()
  for (const row of rows)
    for (const flag of row.flags) {
      const position = flag.params?.['column']
      if (typeof position === 'number') flagged.set(position, (flagged.get(position) ?? 0) + 1)
    }
  return table.columns.map(({ position, name, column }) => ({
    position,
    header: name,
    example:
      rows.find((row) => (row.cells[position - 1] ?? '').trim() !== '')?.cells[position - 1]?.slice(0, 200) ?? '',
    field: column?.field ?? null,
    reading: column?.read.as ?? 'text',
    flagged: flagged.get(position) ?? 0,
  }))
}

/** A cell of a megabyte is told by its length, not sent to the page. */
const shortened = (cell: string) => (cell.length > 2000 ? `${cell.slice(0, 2000)}…(${cell.length})` : cell)

const previewRow = (row: RowJudgement): Preview['page'][number] => ({
  rowNumber: row.rowNumber,
  outcome: row.outcome,
  sourceId: row.sourceId,
  name: row.name,
  organisation: [...row.organisation],
  facts: row.facts,
  cells: row.cells.map(shortened),
  reasons: row.reasons.map((mark) => ({ ...mark })),
  flags: row.flags.map((mark) => ({ ...mark })),
})
