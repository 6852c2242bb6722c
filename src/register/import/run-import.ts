import type { May } from '#access/may.ts'
import { organisationById } from '#access/store.ts'
import type { Actor, OutboxEvent, RunTx, Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId, Now } from '#platform/ids.ts'

import { dropsOf } from '#register/spreadsheet/profiles.ts'

import { askForItsEnd, endedElsewhere, progressElsewhere, sayItRuns } from './across-servers.ts'
import type { Mark, ReadingRequest } from './api.ts'
import type { KnownMap } from './column-maps.ts'
import { countsOf } from './preview-import.ts'
import type { JudgedTable, ReadTable } from './read-table.ts'
import { readingDigest } from './reading-digest.ts'
import { finishOrCancel, type Progress, refuseWhen, type Running } from './running.ts'
import { doneBefore, finishImport, isCancelAsked, importSource, insertImport, type OutsideRow } from './store.ts'
import { storeRows } from './store-rows.ts'

type Watch = (p: Progress) => void

export type ImportDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly newId: NewId
  readonly readTable: ReadTable
  /** Other servers may have the same database open. */
  readonly severalServers?: boolean
  /** Called after rows came in: counts for the planner, free space. */
  readonly tidy: () => Promise<void>
  /** Told of what nobody expected; the import itself says `failed`. */
  readonly onBug: (error: unknown, where: string) => void
}

export type Imports = {
  /** Begins an import, or finds that the same sheet was imported already; then nothing changes. */
  start(
    actor: Actor,
    reading: ReadingRequest,
    maps: readonly KnownMap[],
    watch?: Watch,
  ): Promise<{ id: string; already: boolean }>
  /** Of an import that runs in this process. */
  progressOf(id: string): Progress | undefined
  /** @throws AppError `not-permitted`, `wrong-state` when it no longer runs; nothing of a cancelled import is stored */
  cancel(actor: Actor, id: string): void
  /** How far it is, on whichever server it runs; nothing when it is over. Ask `mayFollow` before it is told to anybody. */
  progress(id: string): Promise<Progress | undefined>
  /** @throws AppError `not-permitted`, `not-found` */
  mayFollow(actor: Actor, id: string): Promise<void>
  /** Cancels it on whichever server it runs, and waits for its end. @throws as `cancel` */
  cancelAnywhere(actor: Actor, id: string): Promise<void>
  /** Resolves when the import is over, however it ended. */
  ended(id: string): Promise<void>
  /** Begins nothing more, lets what runs end until the limit (ms), then cancels it. */
  stop(withinMs: number): Promise<void>
}

class Cancelled extends Error {}

/** Imports run in this process, one transaction each: a crash half way leaves nothing half imported. */
export function importRunner(deps: ImportDeps): Imports {
  const running = new Map<string, Running>()
  /** Organisation and sheet of what runs here, so that two who press the button at once get one import. */
  const underway = new Map<string, Promise<string>>()
  let stopping = false
  const launch = async (actor: Actor, begin: Begin, watch: Watch | undefined): Promise<string> => {
    const { id, organisationId, organisationPath, judged } = begin
    await deps.tx(actor, (t) => insertBegun(t, begin))
    const progress: Progress = { done: 0, all: judged.rows.length, step: 'storing' }
    const abort = new AbortController()
    const tell = (done: number) => {
      if (abort.signal.aborted) throw new Cancelled()
      progress.done = done
      watch?.({ ...progress })
    }
    const silence = deps.severalServers === true ? sayItRuns(deps.db, id, { progress, abort }) : () => {}
    const ended = run(deps, actor, { id, organisationId, judged }, tell).finally(() => {
      silence()
      running.delete(id)
      underway.delete(keyOf(begin))
    })
    running.set(id, { progress, abort, ended, organisationPath })
    return id
  }
  /** An import that runs here holds the only connection of an embedded database: of that one it is known without asking. */
  const mayFollow = async (actor: Actor, id: string, here: Running | undefined): Promise<void> => {
    const place = here ?? (await importSource(deps.db, id))
    if (!place) throw new AppError('not-found', { import: id })
    deps.may(actor, 'import', { organisationPath: place.organisationPath })
  }
  return {
    async start(actor, reading, maps, watch) {
      refuseWhen(stopping)
      const organisationId = reading.organisationId ?? actor.organisationId
      const organisation = await organisationById(deps.db, organisationId)
      if (!organisation) throw new AppError('not-found', { organisation: organisationId })
      deps.may(actor, 'import', { organisationPath: organisation.path })
      const judged = await deps.readTable(reading, maps)
      const digest = readingDigest(judged.grid.sha256, judged.grid.sheet)
      const before = await doneBefore(deps.db, organisationId, digest)
      if (before) return { id: before.importId, already: true }
      const { path: organisationPath } = organisation
      const begin = { id: deps.newId(), organisationId, organisationPath, digest, fileName: reading.fileName, judged }
      const other = underway.get(keyOf(begin))
      if (other) return { id: await other, already: true }
      const launched = launch(actor, begin, watch)
      underway.set(keyOf(begin), launched)
      launched.catch(() => underway.delete(keyOf(begin)))
      return { id: await launched, already: false }
    },
    progressOf: (id) => running.get(id)?.progress,
    mayFollow: (actor, id) => mayFollow(actor, id, running.get(id)),
    async progress(id) {
      return running.get(id)?.progress ?? (deps.severalServers === true ? progressElsewhere(deps.db, id) : undefined)
    },
    cancel(actor, id) {
      const job = running.get(id)
      deps.may(actor, 'import', job)
      if (!job) throw notRunning(id)
      job.abort.abort()
    },
    async cancelAnywhere(actor, id) {
      const here = running.get(id)
      await mayFollow(actor, id, here)
      if (here || deps.severalServers !== true) {
        this.cancel(actor, id)
        return this.ended(id)
      }
      if (!(await deps.tx(actor, (t) => askForItsEnd(t.db, id)))) throw notRunning(id)
      return endedElsewhere(deps.db, id)
    },
    ended: (id) => running.get(id)?.ended ?? Promise.resolve(),
    async stop(withinMs) {
      stopping = true
      await Promise.allSettled(underway.values())
      await finishOrCancel(running, withinMs)
    },
  }
}

const notRunning = (id: string) => new AppError('wrong-state', { import: id, reason: 'not-running' })

type Begin = {
  id: string
  organisationId: string
  organisationPath: readonly string[]
  digest: string
  fileName: string
  judged: JudgedTable
}
const keyOf = ({ organisationId, digest }: Begin) => `${organisationId} ${digest}`

async function insertBegun(
  t: Tx,
  { id, organisationId, digest, fileName, judged: { grid, table, rows } }: Begin,
): Promise<void> {
  await insertImport(t, {
    id,
    organisationId,
    sha256: grid.sha256,
    fileName,
    bytes: grid.bytes,
    format: grid.format,
    encoding: grid.encoding ?? null,
    sheet: grid.sheet ?? null,
    headerRow: grid.rowNumbers[table.header.index] ?? 1,
    header: table.columns.map((column) => column.name),
    outside: outsideOf({ grid, table }),
    layout: { delimiter: grid.delimiter ?? null, drops: dropsOf({ ...giveBack, rows: [], source: grid }) },
    map: table.map,
    readingDigest: digest,
    rows: rows.length,
  })
  await t.append({
    type: 'import.started',
    itemKind: 'import',
    itemId: id,
    organisationId,
    detail: { sha256: grid.sha256, rows: rows.length },
  })
}

/** What the sheet has besides its texts is counted now: once it is stored, only the texts are there. */
const giveBack = { profile: 'round-trip', format: 'csv', encoding: 'utf-8' } as const

/** Every row of the grid that is not judged, so that the round trip gives back the whole file. */
function outsideOf({ grid, table }: Pick<JudgedTable, 'grid' | 'table'>): OutsideRow[] {
  const judged = new Set(table.body)
  return grid.rows.flatMap((cells, i) => (judged.has(i) ? [] : [{ rowNumber: grid.rowNumbers[i] ?? i + 1, cells }]))
}

type Work = { readonly id: string; readonly organisationId: string; readonly judged: JudgedTable }

async function run(deps: ImportDeps, actor: Actor, work: Work, tell: (done: number) => void): Promise<void> {
  const { tally } = work.judged
  const nothing = { stored: 0, rejected: 0, marks: { reasons: [], flags: [] } }
  try {
    await deps.tx(actor, async (t) => {
      const flags = await storeRows(t, work, tell)
      const end = { stored: tally.stored, rejected: tally.rejected }
      const marks = { reasons: countsOf(tally.reasons), flags: countsOf({ ...tally.flags, ...flags }) }
      const mine = await finishImport(t.db, work.id, { state: 'done', at: deps.now(), ...end, marks, error: null })
      // Who asked for its end in time was told that it is cancelled.
      if (!mine && (await isCancelAsked(t.db, work.id))) throw new Cancelled()
      // Another server took it for broken off and said so: then nothing of it may be stored.
      if (!mine) throw new AppError('wrong-state', { import: work.id, reason: 'interrupted' })
      await t.append({
        type: 'import.done',
        itemKind: 'import',
        itemId: work.id,
        organisationId: work.organisationId,
        detail: end,
      })
      await t.emit(finished(actor, work.id, 'done'))
    })
    // Counts for the planner and free space: the import stands whether or not this works.
    await deps.tidy().catch((error: unknown) => deps.onBug(error, `tidying after import ${work.id}`))
  } catch (error) {
    const state = error instanceof Cancelled ? 'cancelled' : 'failed'
    const mark = state === 'cancelled' ? null : markOf(error)
    if (mark?.code === 'bug') deps.onBug(error, `import ${work.id}`)
    await deps
      .tx(actor, async (t) => {
        await finishImport(t.db, work.id, { state, at: deps.now(), ...nothing, error: mark })
        await t.append({
          type: `import.${state}`,
          itemKind: 'import',
          itemId: work.id,
          organisationId: work.organisationId,
        })
        await t.emit(finished(actor, work.id, state))
      })
      // The database itself is away: the import is found running at the next start and marked failed then.
      .catch((second: unknown) => deps.onBug(second, `import ${work.id}`))
  }
}

const finished = (actor: Actor, importId: string, state: 'done' | 'cancelled' | 'failed'): OutboxEvent => ({
  type: 'import.finished',
  payload: { importId, state, by: actor.personId },
})

/** 23505: of two that imported the same sheet at the same time, the other was first. */
function markOf(error: unknown): Mark {
  if (error instanceof AppError) return { code: error.code, params: error.params }
  return (error as { code?: string }).code === '23505' ? { code: 'already-imported' } : { code: 'bug' }
}
