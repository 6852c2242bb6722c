import { sql } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Actor, RunTx } from '#audit/transaction.ts'
import type { TransparencyLog } from '#audit/transparency-log.ts'
import { type Database, type Db, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { prepareDatabase } from '#platform/prepare-database.ts'
import { asSystem } from '#platform/scope.ts'
import { changeSystem } from '#register/change-system.ts'
import { storeSystems } from '#register/store-systems.ts'
import { readConfig } from '#settings/config.ts'
import { make } from '#test/people.ts'
import { newDatabase } from '#test/postgres.ts'
import { assembleOn } from '#wiring/assemble.ts'

import { atLeast, atMost, median, type Row } from './row.ts'

const writers = 64
const changes = 10_000
/** Each writer changes systems of its own: what is measured is the log, not who waits for whose system. */
const systemsOfWriter = 4
/** Changes in a round of the comparison, and how many rounds of each kind, by turns. */
const roundSize = 1_000
const rounds = 5

/** The house as a server has it, under row-level security, with the role of the application. */
type House = {
  readonly database: Database
  /** As the owner: looks behind everything. */
  readonly owner: Db
  readonly deps: ReturnType<typeof assembleOn>
  readonly actor: Actor
  readonly systems: readonly { id: string; version: number }[][]
  readonly close: () => Promise<void>
}

async function houseOn(engine: Database['engine'], address: string | undefined): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-bench-log-'))
  const made = address === undefined ? undefined : await newDatabase(address)
  const database =
    engine === 'pglite' ? await openEmbeddedDatabase(join(dataDir, 'database')) : await openPostgres(made!.DATABASE_URL)
  await prepareDatabase(database, made?.DATABASE_OWNER_URL)
  const behind = made ? await openPostgres(made.DATABASE_OWNER_URL, { max: 2 }) : database
  const deps = assembleOn(
    database,
    readConfig({ TENBIN_DATA_DIR: dataDir, TENBIN_LOG_ORIGIN: 'bench.example/log' }),
    (error) => {
      throw error
    },
  )
  const ministry = await make.organisation(behind.db)
  const actor = await make.person(behind.db, ministry)
  const rows = Array.from({ length: writers * systemsOfWriter }, (_, n) => ({
    organisationId: ministry.id,
    facts: { name: { value: `要約支援 ${n}` } },
    useFacts: { purpose: { value: '長い通知文を短くまとめる。' } },
  }))
  const stored = await deps.tx(actor, (t) => storeSystems(t, { rows }))
  const systems = Array.from({ length: writers }, (_, n) =>
    stored.slice(n * systemsOfWriter, (n + 1) * systemsOfWriter).map(({ systemId }) => ({ id: systemId, version: 1 })),
  )
  const close = async () => {
    await deps.transparency.stop()
    if (made) await behind.close()
    await database.close()
    await made?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { database, owner: behind.db, deps, actor, systems, close }
}

/** Every writer changes its systems one after another, through the use case. @returns seconds, and what failed */
async function write(
  { deps, actor, systems }: House,
  tx: RunTx,
  all: number,
): Promise<{ seconds: number; done: number; failed: number }> {
  let [asked, done, failed] = [0, 0, 0]
  const writer = async (own: { id: string; version: number }[]) => {
    for (let i = 0; asked < all; i++) {
      asked++
      const system = own[i % own.length]!
      const facts = { 'budget-project': { value: `変更 ${asked}` } }
      try {
        const after = await changeSystem({ tx, may: deps.may }, actor, { ...system, change: { facts } })
        if (after.version === system.version) throw new Error('nothing was changed')
        system.version = after.version
        done++
      } catch {
        failed++
      }
    }
  }
  const from = performance.now()
  await Promise.all(systems.map((own) => writer([...own])))
  return { seconds: (performance.now() - from) / 1000, done, failed }
}

type Counts = {
  changes: number
  entries: number
  leaves: number
  distinct: number
  size: number
  signed: number
  inbox: number
}

async function count(owner: Db): Promise<Counts> {
  const { rows } = await sql<Counts>`select
    (select count(*)::int from change where kind = 'changed') as changes,
    (select count(*)::int from audit_entry where type = 'system.changed') as entries,
    (select count(*)::int from log_leaf l where l.kind = 'audit_entry' and exists (
      select 1 from audit_entry e where e.id = l.row_id and e.type = 'system.changed')) as leaves,
    (select count(distinct row_id)::int from log_leaf l where l.kind = 'audit_entry' and exists (
      select 1 from audit_entry e where e.id = l.row_id and e.type = 'system.changed')) as distinct,
    (select coalesce(max(idx) + 1, 0)::int from log_leaf) as size,
    (select coalesce(max(size), 0)::int from log_checkpoint) as signed,
    (select count(*)::int from log_inbox) as inbox`.execute(owner)
  return rows[0]!
}

/** Asks while others write how old the oldest entry without a signed place is. */
function watchLag(owner: Db, everyMs: number): () => Promise<number> {
  let going = true
  let most = 0
  const watching = (async () => {
    while (going) {
      const { rows } = await sql<{
        ms: number
      }>`select coalesce(extract(epoch from clock_timestamp() - min(put_at)) * 1000, 0)::float8 as ms
        from log_inbox`.execute(owner)
      most = Math.max(most, rows[0]!.ms)
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  return async () => {
    going = false
    await watching
    return most
  }
}

async function* nothingLost(engine: Database['engine'], address: string | undefined): AsyncGenerator<Row> {
  const house = await houseOn(engine, address)
  const { transparency, tx } = house.deps
  await transparency.start()
  // Looking takes the one connection of the embedded engine too: seldom.
  const lag = watchLag(house.owner, engine === 'pglite' ? 500 : 100)
  const { seconds, done, failed } = await write(house, tx, changes)
  const mostLag = await lag()
  await asSystem(() => transparency.drain())
  const found = await count(house.owner)
  const whole = found.inbox === 0 && found.size === found.signed
  const name = `${engine}: ${writers} writers, ${changes.toLocaleString('en')} changes`
  yield atMost(`${name}: failed`, failed, 0, '')
  yield atMost(`${name}: acknowledged and not in the log`, done - found.leaves, 0, '')
  yield atMost(
    `${name}: in the log twice, or not acknowledged`,
    found.leaves - found.distinct + Math.max(0, found.leaves - done),
    0,
    '',
  )
  yield {
    name: `${name}: acknowledged = history rows = entries = leaves, all signed`,
    value: done,
    unit: '',
    target: 'all equal',
    pass: whole && new Set([done, found.changes, found.entries, found.leaves]).size === 1,
    note: JSON.stringify(found),
  }
  yield atMost(`${name}: oldest entry without its place`, mostLag, 1000, 'ms')
  yield { name: `${name}: changes per second`, value: Math.round(done / seconds), unit: '/s', target: '–', pass: null }
  await house.close()
}

const logged = ['audit_entry', 'change', 'assessment', 'judgement', 'log_withholding']

async function triggers(owner: Db, on: boolean): Promise<void> {
  for (const table of logged)
    await sql.raw(`alter table ${table} ${on ? 'enable' : 'disable'} trigger ${table}_logged`).execute(owner)
}

/** The same deeds, and nothing told to the log. */
const silent =
  (tx: RunTx): RunTx =>
  (actor, work) =>
    tx(actor, (t) => work({ ...t, append: async () => {} }))

async function round(house: House, log: TransparencyLog, on: boolean): Promise<number> {
  const { tx } = house.deps
  await triggers(house.owner, on)
  if (on) await log.start()
  const { seconds, done } = await write(house, on ? tx : silent(tx), roundSize)
  if (on) await log.stop()
  return done / seconds
}

/** By turns, so that what else the machine does falls on both. */
async function* cost(address: string): AsyncGenerator<Row> {
  const house = await houseOn('postgresql', address)
  const log = house.deps.transparency
  await round(house, log, true)
  const [withLog, without, ratios]: number[][] = [[], [], []]
  for (let i = 0; i < rounds; i++) {
    const order = i % 2 === 0 ? [true, false] : [false, true]
    const found = new Map<boolean, number>()
    for (const on of order) found.set(on, await round(house, log, on))
    withLog!.push(found.get(true)!)
    without!.push(found.get(false)!)
    ratios!.push(found.get(true)! / found.get(false)!)
  }
  await triggers(house.owner, true)
  yield {
    ...atLeast(
      `postgresql: ${writers} writers, writes per second with the log against without`,
      median(ratios!),
      0.6,
      '',
    ),
    note: `${Math.round(median(withLog!))}/s against ${Math.round(median(without!))}/s; ratios ${Math.min(...ratios!).toFixed(2)}–${Math.max(...ratios!).toFixed(2)} of ${rounds} rounds`,
  }
  await house.close()
}

/** Nothing acknowledged is missing from the log, and what the log costs. */
export async function* bench(): AsyncGenerator<Row> {
  const address = process.env['TENBIN_TEST_POSTGRES']
  if (address === undefined || address === '') {
    yield {
      name: 'log on PostgreSQL',
      value: null,
      unit: '',
      target: '≥ 0.6',
      pass: null,
      note: 'TENBIN_TEST_POSTGRES is not set',
    }
  } else {
    yield* cost(address)
    yield* nothingLost('postgresql', address)
  }
  yield* nothingLost('pglite', undefined)
}
