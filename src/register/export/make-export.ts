import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { type FilterQuery, filterQuerySchema } from '#register/api-filter.ts'
import type { ExportPlan, ExportRequest, Mark } from '#register/import/api.ts'
import { cannotHoldIn, dropsOf, profiles } from '#register/spreadsheet/profiles.ts'
import { type RegisterRecord, registerTable } from '#register/spreadsheet/register-table.ts'
import { writeCsv } from '#register/spreadsheet/write-csv.ts'
import { writeGridJson, writeRegisterJson } from '#register/spreadsheet/write-json.ts'
import { sheetNameFrom, writeXlsx } from '#register/spreadsheet/write-xlsx.ts'

import { fields as en } from '#register/words/en.ts'
import { fields as ja } from '#register/words/ja.ts'

import { loadGrid } from './load-grid.ts'
import { loadRecords, metaColumns } from './load-records.ts'
import { codeTable, wordsTable } from './words-table.ts'

export type ExportDeps = { readonly db: Db; readonly tx: RunTx; readonly may: May; readonly now: Now }
type Rows = readonly (readonly string[])[]
type Content = {
  readonly rows: Rows
  readonly stem: string
  readonly records?: readonly RegisterRecord[]
  readonly drops?: readonly Mark[]
}

/**
 * What a file would hold and what it would not, before it is written.
 * @throws AppError `not-permitted`, `not-found` (the import), `bad-input` (round trip without an import; a filter that is none)
 */
export async function planExport(deps: ExportDeps, actor: Actor, asked: ExportRequest): Promise<ExportPlan> {
  deps.may(actor, 'export')
  const content = await contentOf(deps, asked)
  const plan = { profile: asked.profile, format: asked.format, encoding: asked.encoding, rows: content.rows }
  return {
    fileName: fileNameOf(content, asked),
    rows: asked.profile === 'register' ? content.rows.length - 1 : content.rows.length,
    columns: Math.max(0, ...content.rows.map((row) => row.length)),
    drops: together(content.drops ?? [], dropsOf(plan)),
    cannotHold: cannotHoldIn(plan).map(({ row, column, character }) => ({ row, column, character })),
  }
}

/**
 * Writes the file. That it left the house is told to the log.
 * @throws AppError as `planExport`; `bad-input` naming each character that CP932 cannot hold
 */
export async function makeExport(
  deps: ExportDeps,
  actor: Actor,
  asked: ExportRequest,
): Promise<{ fileName: string; contentType: string; content: Buffer }> {
  deps.may(actor, 'export')
  const content = await contentOf(deps, asked)
  const bytes = await write(content, asked, deps.now())
  await deps.tx(actor, (t) =>
    t.append({
      type: 'register.exported',
      itemKind: 'organisation',
      itemId: actor.organisationId,
      detail: {
        profile: asked.profile,
        format: asked.format,
        rows: content.rows.length,
        importId: asked.importId ?? null,
      },
    }),
  )
  return { fileName: fileNameOf(content, asked), contentType: contentTypes[asked.format], content: Buffer.from(bytes) }
}

/** Each once; what the import counted says more than the profile alone. */
const together = (counted: readonly Mark[], planned: readonly Mark[]): Mark[] => [
  ...counted,
  ...planned.filter(({ code }) => !counted.some((mark) => mark.code === code)),
]

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const

async function contentOf(deps: ExportDeps, asked: ExportRequest): Promise<Content> {
  if (asked.profile === 'round-trip') {
    if (asked.importId === undefined) throw new AppError('bad-input', { reason: 'round-trip-needs-import' })
    const grid = await loadGrid(deps.db, asked.importId)
    return { rows: grid.rows, drops: grid.drops, stem: grid.fileName.replace(/\.[^.]+$/, '') }
  }
  const records = await loadRecords(deps.db, parseFilter(asked), asked.uses?.split(','))
  return {
    rows: registerTable(records, metaColumns),
    records,
    stem: `tenbin-register-${deps.now().toISOString().slice(0, 10)}`,
  }
}

function parseFilter({ filter, importId }: ExportRequest): FilterQuery {
  const query = Object.fromEntries(new URLSearchParams(filter ?? ''))
  const parsed = filterQuerySchema.safeParse(importId === undefined ? query : { ...query, import: importId })
  if (parsed.success) return parsed.data
  throw new AppError('bad-input', {
    in: 'filter',
    issues: parsed.error.issues.map((i) => ({ path: `/${i.path.join('/')}`, keyword: i.code })),
  })
}

function write(content: Content, asked: ExportRequest, at: Date): Uint8Array | Promise<Uint8Array> {
  // The round trip is exact unless somebody asks for a file that is harmless in a spreadsheet program.
  const escape = asked.harmless ? 'apostrophe' : profiles[asked.profile].escape
  switch (asked.format) {
    case 'csv':
      return writeCsv(content.rows, { encoding: asked.encoding, escape })
    case 'xlsx':
      return writeXlsx(
        content.records ? sheetsFor(content.records, content.rows, asked.language) : [gridSheet(content)],
      )
    case 'json': {
      const head = { profile: asked.profile, exportedAt: at.toISOString() }
      return content.records ? writeRegisterJson(content.records, head) : writeGridJson(content.rows, head)
    }
  }
}

const gridSheet = (content: Content) => ({
  name: sheetNameFrom(content.stem),
  rows: content.rows,
  headerRows: 0,
  wrap: true,
})

/** Its name is fixed in every language: programs read this sheet. */
const exactSheet = 'register'

/** A workbook is for people first: words, then what the words stand for, then the same in codes, read back exactly. */
function sheetsFor(records: readonly RegisterRecord[], rows: Rows, language: ExportRequest['language']) {
  const words = language === 'ja' ? ja : en
  return [
    { name: words.sheet.register, rows: wordsTable(records, words), headerRows: 1, frozenColumns: 1, wrap: true },
    { name: words.sheet.codes, rows: codeTable(words), headerRows: 1, wrap: true },
    { name: exactSheet, rows, headerRows: 1, frozenColumns: 1 },
  ]
}

const fileNameOf = (content: Content, asked: ExportRequest) => `${content.stem}.${asked.format}`
