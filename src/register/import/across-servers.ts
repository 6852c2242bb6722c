import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import type { Progress } from './running.ts'

/** An import whose server did not say for so long that it runs was broken off; ms. Our preset. */
const silentMs = 30_000
const beatMs = 1000

/**
 * What other servers on the same database see of an import that runs here. The clock is the database's, so that it does
 * not matter how those of the servers differ. Not for the embedded engine: the import holds its only connection.
 */
export function sayItRuns(db: Db, id: string, running: { progress: Progress; abort: AbortController }): () => void {
  const beat = async () => {
    const { rows } = await sql<{ cancel: boolean }>`
      update import set heartbeat_at = clock_timestamp(), done = ${running.progress.done}
      where id = ${id} and state = 'running' returning cancel_asked as cancel`.execute(db)
    if (rows[0]?.cancel === true) running.abort.abort()
  }
  // The database may be away for a while: the import itself notices, or the next beat gets through.
  const timer = setInterval(() => void asSystem(beat).catch(() => {}), beatMs)
  return () => clearInterval(timer)
}

/** How far an import is that runs on another server. */
export async function progressElsewhere(db: Db, id: string): Promise<Progress | undefined> {
  const { rows } = await sql<{ done: number; all: number }>`
    select done, rows as all from import where id = ${id} and state = 'running'`.execute(db)
  return rows[0] && { ...rows[0], step: 'storing' }
}

/** @returns whether it runs anywhere */
export async function askForItsEnd(db: Db, id: string): Promise<boolean> {
  const { rows } =
    await sql`update import set cancel_asked = true where id = ${id} and state = 'running' returning id`.execute(db)
  return rows.length > 0
}

/** Resolves when no server runs it any more, or after `withinMs`. */
export async function endedElsewhere(db: Db, id: string, withinMs = silentMs): Promise<void> {
  const until = Date.now() + withinMs
  while (Date.now() < until && (await progressElsewhere(db, id)) !== undefined)
    await new Promise((done) => setTimeout(done, 250))
}

/**
 * An import whose server ended has stored nothing: its transaction never committed. It is marked so.
 * @param which `all`: this process alone has the database open; `silent`: those that no server says to run
 * @returns how many
 */
export async function failInterrupted(db: Db, at: Date, which: 'all' | 'silent' = 'all'): Promise<number> {
  const { rows } = await sql`update import set state = 'failed', finished_at = ${at.toISOString()},
    error = '{"code":"interrupted"}'::jsonb
    where state = 'running' and (${which === 'all'} or coalesce(heartbeat_at, '-infinity') < clock_timestamp() - make_interval(secs => ${silentMs / 1000}))
    returning id`.execute(db)
  return rows.length
}
