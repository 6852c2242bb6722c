import { sql } from 'kysely'

import type { AppDeps } from '#wiring/app.ts'
import type { Role } from '#access/model.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Database, Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import { importRunner } from '#register/import/run-import.ts'

import { appOn } from './app.ts'
import { until } from './notices.ts'
import type { Ask, Asking, SendRaw } from './matrix.ts'
import { makeMatrixItems } from './matrix-items.ts'

/** Carries the result out of a transaction that is rolled back. */
class Undone extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('undone')
    this.result = result
  }
}

export type MatrixApp = {
  readonly app: App
  readonly asking: Asking
  readonly close: () => Promise<void>
}

/**
 * The server with row-level security on, one item of everything in every place, and somebody in every role. From then on
 * every transaction does its work and is rolled back, so that what is allowed can be asked again and again.
 */
export async function matrixAppOn(database: Database): Promise<MatrixApp> {
  const switched = { on: false, written: new Set<string>() }
  const { app, deps } = await appOn(database, {}, (all) => undoing(all, switched))
  const { items, actors, views } = await makeMatrixItems(deps)
  const signIn = async (role: Exclude<Role, 'public'>): Promise<string> => {
    switched.on = false
    const { personId } = actors[role]
    const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { personId, role } })
    switched.on = true
    if (answer.statusCode !== 200) throw new Error(`${role} cannot sign in: ${answer.payload}`)
    return String(answer.headers['set-cookie']).split(';')[0]!
  }
  const cookies = new Map<Role, string>()
  const sendAs = async (role: Role, fresh = false): Promise<SendRaw> => {
    if (role === 'public') return sending(app, deps, {})
    const cookie = fresh ? await signIn(role) : (cookies.get(role) ?? (await signIn(role)))
    if (!fresh) cookies.set(role, cookie)
    return sending(app, deps, { cookie })
  }
  const keeping = async <T>(work: () => Promise<T>): Promise<T> => {
    switched.on = false
    try {
      const done = await work()
      // The run of the verifier goes on behind its answer.
      await until(
        async () => (await sql`select 1 from log_verification where outcome = 'running'`.execute(deps.db)).rows.length,
        (running) => running === 0,
      )
      return done
    } finally {
      switched.on = true
    }
  }
  const takeWritten = () => {
    const written = [...switched.written]
    switched.written.clear()
    return written.toSorted()
  }
  return { app, asking: { items, actors, views, sendAs, keeping, takeWritten }, close: () => app.close() }
}

const sending =
  (app: App, deps: AppDeps, who: Record<string, string>): SendRaw =>
  async (method, url, { headers = {}, payload }: Ask = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: { 'sec-fetch-site': 'same-origin', ...who, ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    })
    // An import goes on after its answer, and there is one connection.
    const begun = answer.statusCode === 202 ? answer.json<{ id?: string }>().id : undefined
    if (begun !== undefined) await deps.imports.ended(begun)
    return answer
  }

/** Rows written by table; the engine may still count those of the transaction before. */
async function writesOf(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; count: number }>`select relname as name,
    (n_tup_ins + n_tup_upd + n_tup_del)::int as count from pg_stat_xact_user_tables`.execute(db)
  return new Map(rows.map(({ name, count }) => [name, count]))
}

/** An import of which the beginning was undone cannot end well: it says so, and that is no fault here. */
const onBug = () => {}

function undoing(deps: AppDeps, switched: { on: boolean; written: Set<string> }): AppDeps {
  const tx: RunTx = (actor, work) => {
    if (!switched.on) return deps.tx(actor, work)
    return deps
      .tx(actor, async (t) => {
        const before = await writesOf(t.db)
        const result = await work(t)
        for (const [name, count] of await writesOf(t.db))
          if (count !== (before.get(name) ?? 0)) switched.written.add(name)
        throw new Undone(result)
      })
      .catch((error: unknown) => {
        if (error instanceof Undone) return error.result as Awaited<ReturnType<typeof work>>
        throw error
      })
  }
  return { ...deps, tx, imports: importRunner({ ...deps, tx, severalServers: false, tidy: async () => {}, onBug }) }
}
