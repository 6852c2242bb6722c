import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Import, ImportRow, Mark, ReadingRequest } from '#register/import/api.ts'
import { readingSchema } from '#register/import/api.ts'
import { savedMaps } from '#register/import/column-maps.ts'
import { importById, rowsOfImport } from '#register/import/store.ts'
import { parseColumnMap } from '#register/spreadsheet/load-column-map.ts'
import { marks as marksEn, states as statesEn } from '#register/words/import-marks-en.ts'
import { marks as marksJa, states as statesJa } from '#register/words/import-marks-ja.ts'

import type { House } from '#wiring/assemble.ts'
import type { Command, ExitCode, Input, Io, Language } from '../command.ts'
import { whoActs } from '../who.ts'
import { howRead, type HowRead, proposalWords } from './import-reading.ts'

const word = (ja: string, en: string) => ({ ja, en })
const pageSize = 1000

export const importCommand: Command = {
  name: 'import',
  arguments: '<file> --profile <name or file>',
  words: word(
    'AI利用の調査票を取り込みます。どの行も、登録されるか、理由を付けて却下されます。同じファイルは二度取り込まれません。',
    'Import a spreadsheet of AI uses. Every row is stored, or rejected with its reason. The same file is never imported twice.',
  ),
  options: {
    profile: {
      type: 'string',
      value: 'name or file',
      words: word('列の対応表（名前、またはYAMLファイル）', 'column map: its name, or a YAML file'),
    },
    organisation: {
      type: 'string',
      value: 'code',
      words: word('取り込み先の組織（コードか名前）', 'organisation it is for: code or name'),
    },
    encoding: {
      type: 'string',
      words: word(
        '文字コード（utf-8、cp932、euc-jp、windows-1252 など）。省くと判定します',
        'encoding (utf-8, cp932, euc-jp, windows-1252 …); detected when left out',
      ),
    },
    sheet: { type: 'string', words: word('シートの名前', 'name of the sheet') },
    'header-row': { type: 'string', value: 'row', words: word('見出しの行（1から）', 'row of the header, from 1') },
    'dry-run': { type: 'boolean', words: word('数えるだけで、登録しません', 'count only, store nothing') },
    as: { type: 'string', value: 'person id', words: word('誰として行うか', 'person to act as') },
  },
  takes: [1, 1],
  needs: 'house',
  run,
}

async function run(io: Io, input: Input, house: House): Promise<ExitCode> {
  const { deps } = house
  const path = resolve(io.cwd, input.positionals[0]!)
  if (!existsSync(path)) throw new AppError('not-found', { file: path })
  if (!statSync(path).isFile()) throw new AppError('bad-file', { reason: 'not-a-file', path })
  const who = await whoActs(deps, {
    action: 'import',
    organisation: text(input, 'organisation'),
    as: text(input, 'as'),
  })
  const maps = [...(await savedMaps(deps.db)), ...deps.shipped]
  const { sha256 } = await deps.files.keep(createReadStream(path))
  const reading = readingOf(io, input, { sha256, fileName: basename(path), organisationId: who.organisationId })
  const judged = await deps.readTable(reading, maps)
  const read = howRead(judged)
  if (judged.proposed) io.say(proposalWords(read.columns, io.language))
  if (input.values['dry-run'] === true) {
    io.out(JSON.stringify({ ok: true, dryRun: true, ...read, ...judged.tally }))
    return 0
  }
  const started = performance.now()
  const begun = await deps.imports.start(who.actor, reading, maps, progressTo(io))
  io.signal?.addEventListener(
    'abort',
    () => deps.imports.progressOf(begun.id) && deps.imports.cancel(who.actor, begun.id),
  )
  await deps.imports.ended(begun.id)
  return report(io, input, house, read, { ...begun, seconds: (performance.now() - started) / 1000 })
}

const text = (input: Input, name: string): string | undefined => {
  const value = input.values[name]
  return typeof value === 'string' ? value : undefined
}

function readingOf(
  io: Io,
  input: Input,
  file: { sha256: string; fileName: string; organisationId: string },
): ReadingRequest {
  const profile = text(input, 'profile')
  const path = profile === undefined ? undefined : resolve(io.cwd, profile)
  const isFile = path !== undefined && /\.ya?ml$|\.json$/.test(path) && existsSync(path)
  const row = text(input, 'header-row')
  const asked = {
    ...file,
    ...(profile === undefined ? {} : { map: isFile ? parseColumnMap(readFileSync(path, 'utf8'), profile) : profile }),
    ...(text(input, 'encoding') === undefined ? {} : { encoding: text(input, 'encoding') }),
    ...(text(input, 'sheet') === undefined ? {} : { sheet: text(input, 'sheet') }),
    ...(row === undefined ? {} : { headerRow: Number(row) }),
  }
  const parsed = readingSchema.safeParse(asked)
  if (parsed.success) return parsed.data
  throw new AppError('bad-input', {
    issues: parsed.error.issues.map((i) => ({ option: i.path.join('.'), message: i.message })),
  })
}

/** At most a line a tenth, so that a log of a large import stays readable. */
function progressTo(io: Io) {
  let told = -1
  return ({ done, all }: { done: number; all: number }) => {
    const tenth = all === 0 ? 10 : Math.floor((done / all) * 10)
    if (tenth === told) return
    told = tenth
    io.say(`${done} / ${all}`)
  }
}

async function report(
  io: Io,
  input: Input,
  { deps }: House,
  read: HowRead,
  begun: { id: string; already: boolean; seconds: number },
): Promise<ExitCode> {
  const done = await importById(deps.db, begun.id)
  if (!done) throw new AppError('not-found', { import: begun.id })
  const rejected = await allRejected(deps.db, begun.id)
  const result = {
    ok: done.state === 'done',
    id: done.id,
    state: done.state,
    already: begun.already,
    file: done.fileName,
    format: done.format,
    encoding: done.encoding,
    sheet: done.sheet,
    headerRow: done.headerRow,
    map: done.mapName,
    proposed: read.proposed,
    columns: read.columns,
    warnings: read.warnings,
    rows: done.rows,
    stored: done.stored,
    rejected: done.rejected,
    reasons: done.reasons,
    flags: done.flags,
    rejectedRows: rejected.map(({ rowNumber, reasons }) => ({ rowNumber, reasons })),
    error: done.error,
    seconds: Math.round(begun.seconds * 100) / 100,
  }
  if (input.json) io.out(JSON.stringify(result))
  else io.out(inWords(result, io.language))
  return result.ok ? 0 : 1
}

async function allRejected(db: Db, id: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = []
  for (let after = 0; ;) {
    const page = await rowsOfImport(db, id, { outcome: 'rejected', after, limit: pageSize })
    rows.push(...page)
    if (page.length < pageSize) return rows
    after = page.at(-1)!.rowNumber
  }
}

const words = { ja: { marks: marksJa, states: statesJa }, en: { marks: marksEn, states: statesEn } }

type Result = {
  already: boolean
  state: Import['state']
  error: Mark | null
  file: string
  encoding: string | null
  rows: number
  stored: number
  rejected: number
  reasons: readonly Count[]
  flags: readonly Count[]
}
type Count = { code: string; count: number }

function inWords(r: Result, language: Io['language']): string {
  const { marks, states } = words[language]
  const counts = (list: readonly Count[]) =>
    list.map(({ code, count }) => `  ${String(count).padStart(7)}  ${marks[code] ?? code}`).join('\n')
  const ja = r.already
    ? `${r.file} は取り込み済みです。何も変わりません。`
    : `${r.rows}行のうち${r.stored}行を登録し、${r.rejected}行を却下しました（${states[r.state]}、文字コード ${r.encoding ?? '－'}）。`
  const en = r.already
    ? `${r.file} was imported before. Nothing changes.`
    : `Of ${r.rows} rows, ${r.stored} stored and ${r.rejected} rejected (${states[r.state]}, encoding ${r.encoding ?? '–'}).`
  const heads = { ja: ['却下の理由', '注意'], en: ['Reasons of rejection', 'Flags'] }[language]
  if (r.error) return notImported(r, language)
  return [
    { ja, en }[language],
    ...(r.reasons.length > 0 ? [`${heads[0]}:`, counts(r.reasons)] : []),
    ...(r.flags.length > 0 ? [`${heads[1]}:`, counts(r.flags)] : []),
  ].join('\n')
}

/** Nothing of an import that failed is stored; when one of two was first, the other is no loss. */
function notImported({ file, error }: Result, language: Language): string {
  if (error?.code === 'already-imported')
    return {
      ja: `${file} は、同じときに始まった別の取り込みで登録されました。`,
      en: `${file} was imported by another import that began at the same time.`,
    }[language]
  const why = error ? `${error.code}${error.params ? ` ${JSON.stringify(error.params)}` : ''}` : ''
  return {
    ja: `${file} を取り込めませんでした（${why}）。何も登録していません。`,
    en: `${file} could not be imported (${why}). Nothing was stored.`,
  }[language]
}
