import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Actor } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'
import { changeSystem } from '#register/change-system.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { countAll, handIn, importFile, ministryCsv } from '#test/imports.ts'
import { make } from '#test/people.ts'

import { failInterrupted } from './across-servers.ts'
import { previewImport } from './preview-import.ts'
import { type ImportDeps, importRunner } from './run-import.ts'
import { importById, rowsOfImport } from './store.ts'
import { undoImport } from './undo-import.ts'

const wholePage = { from: 0, limit: 200, show: 'all' } as const
const names = (n: number) => Array.from({ length: n }, (_, i) => `B-${i + 1},要約支援${i + 1},総務課,要約する。,なし`)
const longCsv = (n: number) => [ministryCsv.split('\r\n')[0], ...names(n)].join('\r\n')

async function house(database: Database) {
  const { deps } = await appOn(database)
  const ministry = await make.organisation(database.db)
  const actor = await make.person(database.db, ministry)
  return { deps, ministry, actor }
}

/** The runner over the same rooms, with a few things exchanged. */
const runnerWith = (deps: ImportDeps, more: Partial<ImportDeps>) => importRunner({ ...deps, ...more })

onEachEngine('an import', (database) => {
  it('accounts for every row: stored or rejected with a reason, and the preview says the same', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, ministryCsv)
    const preview = await previewImport(deps, actor, { reading, page: wholePage, maps: deps.shipped })
    const { done } = await importFile(deps, actor, ministryCsv)
    expect(done).toMatchObject({ state: 'done', rows: 4, stored: 2, rejected: 2, headerRow: 1, error: null })
    expect(done.reasons).toEqual([
      { code: 'blank-row', count: 1 },
      { code: 'name-blank', count: 1 },
    ])
    const rows = await rowsOfImport(deps.db, done.id, { after: 0, limit: 100 })
    expect(rows.map((row) => [row.rowNumber, row.outcome, row.systemId !== null, row.reasons.length > 0])).toEqual([
      [2, 'stored', true, false],
      [3, 'stored', true, false],
      [4, 'rejected', false, true],
      [5, 'rejected', false, true],
    ])
    expect({ rows: preview.rows, stored: preview.stored, rejected: preview.rejected }).toEqual({
      rows: done.rows,
      stored: done.stored,
      rejected: done.rejected,
    })
    expect(preview.reasons).toEqual(done.reasons)
    expect(preview.page.map((row) => [row.rowNumber, row.outcome])).toEqual(rows.map((r) => [r.rowNumber, r.outcome]))
  })

  it('of the same file changes nothing the second time, whatever the file is called', async () => {
    const { deps, actor } = await house(database())
    const first = await importFile(deps, actor, ministryCsv)
    const before = await countAll(deps.db)
    const second = await importFile(deps, actor, ministryCsv, { fileName: '別の名前.csv' })
    expect(second).toMatchObject({ id: first.id, already: true })
    expect(await countAll(deps.db)).toEqual(before)
  })

  it('started twice at the same moment is one import', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, ministryCsv)
    const begun = await Promise.all([1, 2].map(() => deps.imports.start(actor, reading, deps.shipped)))
    await Promise.all(begun.map(({ id }) => deps.imports.ended(id)))
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1)
    expect(begun.filter(({ already }) => already)).toHaveLength(1)
    expect(await countAll(deps.db)).toMatchObject({ import: 1, ai_system: 2, import_row: 4 })
  })

  it('started at the same moment by two servers leaves one that is done; the other says why it is not', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, ministryCsv)
    const servers = [runnerWith(deps, {}), runnerWith(deps, {})]
    const begun = await Promise.all(servers.map((server) => server.start(actor, reading, deps.shipped)))
    await Promise.all(servers.map((server, i) => server.ended(begun[i]!.id)))
    const ends = await Promise.all(begun.map(({ id }) => importById(deps.db, id)))
    expect(ends.map((end) => end!.state).toSorted()).toEqual(['done', 'failed'])
    expect(ends.find((end) => end!.state === 'failed')!.error).toEqual({ code: 'already-imported' })
    expect(await countAll(deps.db)).toMatchObject({ ai_system: 2, import_row: 4 })
  })

  it('cancelled half way leaves nothing but the word that it was cancelled', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, longCsv(450))
    const before = await countAll(deps.db)
    let id = ''
    const seen: number[] = []
    const begun = await deps.imports.start(actor, reading, deps.shipped, ({ done }) => {
      seen.push(done)
      if (done > 0) deps.imports.cancel(actor, id)
    })
    id = begun.id
    await deps.imports.ended(id)
    // Rows had been written when it was heard.
    expect(seen.at(-1)).toBeGreaterThan(0)
    expect(await importById(deps.db, id)).toMatchObject({ state: 'cancelled', stored: 0, rejected: 0 })
    // The log says that it began and that it was cancelled.
    expect(await countAll(deps.db)).toEqual({
      ...before,
      import: 1,
      outbox: before.outbox + 1,
      audit_entry: before.audit_entry + 2,
    })
    expect(() => deps.imports.cancel(actor, id)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('whose end was asked for before it was done is cancelled, however late that is heard', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, ministryCsv)
    const late = runnerWith(deps, {
      tx: (who, work) =>
        deps.tx(who, async (t) => {
          await sql`update import set cancel_asked = true where state = 'running'`.execute(t.db)
          return work(t)
        }),
    })
    const { id } = await late.start(actor, reading, deps.shipped)
    await late.ended(id)
    expect(await importById(deps.db, id)).toMatchObject({ state: 'cancelled', stored: 0 })
    expect(await countAll(deps.db)).toMatchObject({ ai_system: 0, import_row: 0 })
  })

  it('that breaks half way leaves nothing half imported, says so, and can be tried again', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, longCsv(450))
    const before = await countAll(deps.db)
    const bugs: unknown[] = []
    let written = 0
    const broken = runnerWith(deps, {
      tx: (who, work) =>
        deps.tx(who, (t) =>
          work({
            ...t,
            append: async (entries) => {
              await t.append(entries)
              if (Array.isArray(entries) && entries[0]?.type === 'system.imported' && ++written === 2)
                throw new Error('planted')
            },
          }),
        ),
      onBug: (error) => void bugs.push(error),
    })
    const begun = await broken.start(actor, reading, deps.shipped)
    await broken.ended(begun.id)
    expect(written).toBe(2)
    expect(bugs).toEqual([new Error('planted')])
    expect(await importById(deps.db, begun.id)).toMatchObject({ state: 'failed', error: { code: 'bug' }, stored: 0 })
    expect(await countAll(deps.db)).toEqual({
      ...before,
      import: 1,
      outbox: before.outbox + 1,
      audit_entry: before.audit_entry + 2,
    })
    const again = await importFile(deps, actor, longCsv(450))
    expect(again).toMatchObject({ already: false, done: { state: 'done', stored: 450 } })
  })

  it('that ran when the server ended is marked as interrupted, once', async () => {
    const { deps, actor } = await house(database())
    const { done } = await importFile(deps, actor, ministryCsv)
    await sql`update import set state = 'running' where id = ${done.id}`.execute(deps.db)
    expect(await failInterrupted(deps.db, deps.now())).toBe(1)
    expect(await importById(deps.db, done.id)).toMatchObject({ state: 'failed', error: { code: 'interrupted' } })
    expect(await failInterrupted(deps.db, deps.now())).toBe(0)
  })

  it('that another server runs is left alone while that says so, and marked as interrupted when it fell silent', async () => {
    const { deps, actor } = await house(database())
    const { done } = await importFile(deps, actor, ministryCsv)
    const heard = (secondsAgo: number) =>
      sql`update import set state = 'running', heartbeat_at = clock_timestamp() - make_interval(secs => ${secondsAgo})
        where id = ${done.id}`.execute(database().db)
    await heard(5)
    expect(await asSystem(() => failInterrupted(deps.db, deps.now(), 'silent'))).toBe(0)
    await heard(60)
    expect(await asSystem(() => failInterrupted(deps.db, deps.now(), 'silent'))).toBe(1)
  })

  it('that was marked as interrupted while it ran stores nothing', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, longCsv(300))
    const runner = runnerWith(deps, {
      tx: (who, work) =>
        deps.tx(who, (t) =>
          work({
            ...t,
            append: async (entries) => {
              await t.append(entries)
              if (Array.isArray(entries)) await t.asSystem(() => failInterrupted(t.db, deps.now(), 'all'))
            },
          }),
        ),
    })
    const { id } = await runner.start(actor, reading, deps.shipped)
    await runner.ended(id)
    expect(await importById(deps.db, id)).toMatchObject({ state: 'failed', stored: 0 })
    expect(await countAll(database().db)).toMatchObject({ ai_system: 0, import_row: 0 })
  })

  it('begins no more when the server stops; what runs may end until the limit, then it is cancelled', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, longCsv(300))
    const patient = runnerWith(deps, {})
    const first = await patient.start(actor, reading, deps.shipped)
    await patient.stop(60_000)
    expect(await importById(deps.db, first.id)).toMatchObject({ state: 'done', stored: 300 })
    await expect(patient.start(actor, reading, deps.shipped)).rejects.toMatchObject({ code: 'unavailable' })
    const hasty = runnerWith(deps, {})
    const second = await hasty.start(actor, await handIn(deps, longCsv(301)), deps.shipped)
    await hasty.stop(0)
    expect(await importById(deps.db, second.id)).toMatchObject({ state: 'cancelled', stored: 0 })
  })

  it('is refused to who may not, and to another ministry', async () => {
    const { deps, ministry } = await house(database())
    const reading = await handIn(deps, ministryCsv)
    const user = await make.person(deps.db, ministry, 'user')
    await expect(deps.imports.start(user, reading, deps.shipped)).rejects.toMatchObject({ code: 'not-permitted' })
    const other = await make.person(deps.db, await make.organisation(deps.db, 'みどり庁'))
    await expect(
      deps.imports.start(other, { ...reading, organisationId: ministry.id }, deps.shipped),
    ).rejects.toMatchObject({ code: 'not-permitted' })
    expect(await countAll(deps.db)).toMatchObject({ import: 0, ai_system: 0 })
  })
})

onEachEngine('undoing an import', (database) => {
  const edit = async (deps: Awaited<ReturnType<typeof house>>['deps'], actor: Actor, systemId: string) =>
    changeSystem(deps, actor, {
      id: systemId,
      version: 1,
      change: { facts: { 'budget-project': { value: '情報基盤' } } },
    })

  it('removes just its systems, those edited since too, keeps its rows, and says how many were edited', async () => {
    const { deps, actor } = await house(database())
    const other = await importFile(deps, actor, longCsv(3))
    const before = await countAll(deps.db)
    const { done } = await importFile(deps, actor, ministryCsv)
    const [row] = await rowsOfImport(deps.db, done.id, { after: 0, limit: 1 })
    await edit(deps, actor, row!.systemId!)
    expect((await importById(deps.db, done.id))!.editedSince).toBe(1)
    expect(await undoImport(deps, actor, done.id)).toEqual({ removed: 2, editedSince: 1 })
    expect(await countAll(deps.db)).toMatchObject({
      ai_system: before.ai_system,
      ai_use: before.ai_use,
      import_row: before.import_row + 4,
    })
    const { rows } = await sql<{ id: string }>`select distinct import_id as id from ai_system`.execute(deps.db)
    expect(rows).toEqual([{ id: other.id }])
    expect(await importById(deps.db, done.id)).toMatchObject({ state: 'undone' })
    await expect(undoImport(deps, actor, done.id)).rejects.toMatchObject({ code: 'wrong-state' })
  })

  it('lets the same file be imported again, as a new import', async () => {
    const { deps, actor } = await house(database())
    const first = await importFile(deps, actor, ministryCsv)
    await undoImport(deps, actor, first.id)
    const second = await importFile(deps, actor, ministryCsv)
    expect(second).toMatchObject({ already: false, done: { state: 'done', stored: 2 } })
    expect(second.id).not.toBe(first.id)
    expect(await countAll(deps.db)).toMatchObject({ ai_system: 2, import_row: 8 })
  })
})
