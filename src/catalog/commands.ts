import { createReadStream, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Catalog } from './model.ts'
import type { AnswerFault, Result } from './model-result.ts'
import { catalogPaths, loadLibrary } from './catalog-library.ts'
import { proveCatalog } from './check-catalog.ts'
import { type Compiled, compile } from './compile.ts'
import { diffCatalogs } from './diff-catalogs.ts'
import { digestOf } from './digest.ts'
import { evaluate, evaluateDomains } from './evaluate.ts'
import { faultLine } from './fault-texts.ts'
import type { Fault } from './faults.ts'
import { linesOf } from './lines.ts'
import { loadCatalog, sorted } from './load-catalog.ts'
import { readAnswers } from './parse-answers.ts'
import { type RegisterFields, checkRegisterFields } from './register-fields.ts'

/** Where a command writes: `out` is the result alone, `say` is for people. `cwd` is where relative paths begin. */
export type CommandIo = {
  readonly out: (text: string) => void
  readonly say: (text: string) => void
  readonly cwd: string
  readonly language: 'ja' | 'en'
  /** What to wait for before more is written, when the reader of `out` is slower than we are. */
  readonly drained?: () => Promise<unknown> | undefined
}
export type ExitCode = 0 | 1 | 2

export type CheckedCatalog = {
  path: string
  catalog: string | null
  edition: string | null
  digest: string | null
  ok: boolean
  items: number
  cases: number
  faults: Fault[]
  notes: Fault[]
}
export type CheckReport = { ok: boolean; catalogs: CheckedCatalog[]; faults: Fault[] }

/**
 * Proves one catalog (`path`: a folder or a single YAML file), a folder of catalogs, or without path every catalog of the
 * folders given. Editions listed in a released.yaml beside them are compared with their digest; their rules need cases.
 */
export function checkReport(
  path: string | undefined,
  folders: readonly string[],
  registerFields?: RegisterFields,
): CheckReport {
  const one = path !== undefined && (existsSync(join(path, 'catalog.yaml')) || catalogPaths(path).length === 0)
  const parents = one ? [dirname(resolve(path))] : path === undefined ? folders : [path]
  const paths = one ? [path] : parents.flatMap(catalogPaths)
  // A single catalog is looked at beside others only where a list of released editions stands.
  const { library, faults } = loadLibrary(
    one ? parents.filter((parent) => existsSync(join(parent, 'released.yaml'))) : parents,
  )
  const released = new Set(library.list().flatMap((entry) => (entry.released ? [entry.digest] : [])))
  const catalogs = paths.map((p) => checkOne(p, released, registerFields))
  const own = new Set(catalogs.map((c) => c.catalog))
  const ofLibrary = new Set(['released-edition-edited', 'released-edition-missing', 'edition-twice', 'link-to-nothing'])
  const more = faults.filter((f) => ofLibrary.has(f.code) && (!one || own.has(String(f.params['catalog']))))
  const missing: Fault[] =
    paths.length > 0 ? [] : [{ file: path ?? folders.join(', '), line: 0, key: '', code: 'no-such-path', params: {} }]
  return {
    ok: catalogs.every((c) => c.ok) && more.length + missing.length === 0,
    catalogs,
    faults: [...missing, ...sorted(more)],
  }
}

function checkOne(path: string, released: ReadonlySet<string>, fields?: RegisterFields): CheckedCatalog {
  const read = loadCatalog(path)
  const none = { path, catalog: null, edition: null, digest: null, items: 0, cases: 0, notes: [] }
  if (!read.ok) return { ...none, ok: false, faults: read.faults }
  const { catalog, locate } = read
  const digest = digestOf(catalog)
  const { faults: proved, notes } = proveCatalog(catalog, { released: released.has(digest) })
  const faults = [...(fields ? checkRegisterFields(catalog, fields) : []), ...proved]
  return {
    path,
    catalog: catalog.id,
    edition: catalog.edition,
    digest,
    ok: faults.length === 0,
    items: countItems(catalog),
    cases: catalog.cases.length,
    faults: sorted(faults.map(locate)),
    notes: sorted(notes.map(locate)),
  }
}
function countItems(c: Catalog): number {
  const lists = c.lists.reduce((n, list) => n + (list.items?.length ?? 0), 0)
  return (
    c.questions.length +
    c.tables.reduce((n, t) => n + t.rules.length, 0) +
    c.levels.length +
    c.outcomes.length +
    c.duties.length +
    lists
  )
}

const words = {
  ja: {
    good: (c: CheckedCatalog) =>
      `○ ${c.path}: ${c.catalog} 第${c.edition}版、項目${c.items}件、事例${c.cases}件、誤りなし\n  ${c.digest}`,
    bad: (c: CheckedCatalog) => `× ${c.path}: 誤り${c.faults.length}件`,
    note: '注意: ',
    same: '違いはありません。',
    added: '追加',
    removed: '削除',
    changed: '変更',
    header: '見出し',
  },
  en: {
    good: (c: CheckedCatalog) =>
      `ok ${c.path}: ${c.catalog} edition ${c.edition}, ${c.items} items, ${c.cases} cases, no faults\n  ${c.digest}`,
    bad: (c: CheckedCatalog) => `failed ${c.path}: ${c.faults.length} ${c.faults.length === 1 ? 'fault' : 'faults'}`,
    note: 'note: ',
    same: 'No differences.',
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    header: 'header',
  },
} as const

/** `tenbin catalog check [path]`: 0 when everything proves, else 1 with every fault listed. */
export function checkCommand(
  io: CommandIo,
  input: {
    path?: string | undefined
    folders: readonly string[]
    json: boolean
    registerFields?: RegisterFields
  },
): ExitCode {
  const { path } = input
  const report = checkReport(path === undefined ? undefined : within(io, path), input.folders, input.registerFields)
  if (input.json) io.out(JSON.stringify(report))
  else {
    const w = words[io.language]
    for (const c of report.catalogs) {
      io.out(c.ok ? w.good(c) : w.bad(c))
      for (const fault of c.faults) io.out(`  ${faultLine(fault, io.language)}`)
      for (const note of c.notes) io.out(`  ${w.note}${faultLine(note, io.language)}`)
    }
    for (const fault of report.faults) io.out(faultLine(fault, io.language))
  }
  return report.ok ? 0 : 1
}
/** A path as the person gave it where that leads somewhere from here, so that messages name it so. */
function within(io: CommandIo, path: string): string {
  return io.cwd === process.cwd() ? path : resolve(io.cwd, path)
}

/** Why a line of answers could not be read. */
export type LineFault = {
  code: 'not-json' | 'not-an-object' | 'line-too-long' | 'not-utf8' | 'not-readable'
  message?: string
}
/** One line of output: the result, or why there is none. `line` counts from 1. `faults`: answers that were taken as unknown. */
export type EvaluatedLine =
  | ({ line: number; id?: unknown } & Result & { faults?: AnswerFault[] })
  | { line: number; id?: unknown; fault: LineFault }

/** Reads one line: `{"id": …, "answers": {…}}` or the answers alone. */
export function evaluateLine(c: Compiled, line: number, text: string): EvaluatedLine {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { line, fault: { code: 'not-json', message: (error as Error).message } }
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { line, fault: { code: 'not-an-object' } }
  const wrapped = Object.hasOwn(json, 'answers') && Object.keys(json).every((key) => key === 'answers' || key === 'id')
  const { id, answers: inner } = wrapped
    ? (json as { id?: unknown; answers: unknown })
    : { id: undefined, answers: json }
  const { domains, faults } = readAnswers(c, inner)
  const named = id === undefined ? { line } : { line, id }
  return {
    ...named,
    ...(domains ? evaluateDomains(c, domains) : evaluate(c, {})),
    ...(faults.length > 0 ? { faults } : {}),
  }
}

/**
 * `tenbin catalog evaluate <path> --answers <file.jsonl>` (`-`: `input.stdin`): one JSON result per line, in order, in
 * bounded memory. A line that cannot be read, or that holds answers the catalog does not know, is reported in its place and
 * the command ends with 1; a catalog or file that cannot be read ends it with 1 before any result.
 */
export async function evaluateCommand(
  io: CommandIo,
  input: { path: string; answers: string; stdin?: AsyncIterable<Uint8Array | string> },
): Promise<ExitCode> {
  const read = loadCatalog(within(io, input.path))
  if (!read.ok) {
    for (const fault of read.faults) io.say(faultLine(fault, io.language))
    return 1
  }
  const file = resolve(io.cwd, input.answers)
  const refuse = (code: 'no-such-path' | 'not-a-file'): ExitCode => {
    io.say(faultLine({ file: input.answers, line: 0, key: '', code, params: {} }, io.language))
    return 1
  }
  const stdin = input.answers === '-' ? input.stdin : undefined
  if (!stdin && !existsSync(file)) return refuse('no-such-path')
  if (!stdin && statSync(file).isDirectory()) return refuse('not-a-file')
  const chunks = stdin ?? createReadStream(file)
  const compiled = compile(read.catalog)
  let exit: ExitCode = 0
  for await (const line of linesOf(chunks)) {
    const result =
      'fault' in line
        ? { line: line.number, fault: { code: line.fault } }
        : evaluateLine(compiled, line.number, line.text)
    if ('fault' in result || result.faults) exit = 1
    io.out(JSON.stringify(result))
    const slow = io.drained?.()
    if (slow) await slow
  }
  return exit
}

/** `tenbin catalog diff <a> <b>`: what was added, removed and changed; 1 only when one of them cannot be loaded. */
export function diffCommand(io: CommandIo, input: { from: string; to: string; json: boolean }): ExitCode {
  const [from, to] = [loadCatalog(within(io, input.from)), loadCatalog(within(io, input.to))]
  if (!from.ok || !to.ok) {
    for (const read of [from, to]) if (!read.ok) for (const fault of read.faults) io.say(faultLine(fault, io.language))
    return 1
  }
  const diff = diffCatalogs(from.catalog, to.catalog)
  if (input.json) {
    io.out(JSON.stringify(diff))
    return 0
  }
  const w = words[io.language]
  for (const c of diff.header) io.out(`${w.header}: ${c.path}: ${JSON.stringify(c.old)} → ${JSON.stringify(c.new)}`)
  for (const { part, id } of diff.removed) io.out(`${w.removed}: ${part}/${id}`)
  for (const { part, id } of diff.added) io.out(`${w.added}: ${part}/${id}`)
  for (const { part, id, changes } of diff.changed) {
    io.out(`${w.changed}: ${part}/${id}`)
    for (const c of changes) io.out(`  ${c.path}: ${JSON.stringify(c.old)} → ${JSON.stringify(c.new)}`)
  }
  if (diff.header.length + diff.removed.length + diff.added.length + diff.changed.length === 0) io.out(w.same)
  return 0
}
