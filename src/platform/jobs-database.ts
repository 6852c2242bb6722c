import { CompiledQuery } from 'kysely'
import type { Db as BossDatabase } from 'pg-boss'

import type { Db } from './database.ts'
import { asSystem } from './scope.ts'
import { statementsIn } from './sql-statements.ts'

/**
 * The queue reads and writes through the connections of the house, on both engines alike. What it sends as one text with
 * `begin` and `commit` becomes a transaction of ours, because the embedded engine takes one statement a call.
 * @param within  `db` is a transaction that is open already: what is sent becomes part of it
 */
export const jobsDatabase = (db: Db, within = false): BossDatabase => ({
  executeSql: (text, values) =>
    asSystem(async () => {
      if (values !== undefined && values.length > 0) return execute(db, text, values)
      const statements = statementsIn(text)
      if (!/^begin$/i.test(statements[0] ?? '')) return executeAll(db, statements)
      const inner = statements.slice(1, -1)
      if (within) return executeAll(db, inner)
      return db.transaction().execute((t) => executeAll(t, inner))
    }),
})

async function execute(db: Db, text: string, values: readonly unknown[] = []) {
  const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]))
  return { rows }
}

/** @returns the rows of all statements, one after the other */
async function executeAll(db: Db, statements: readonly string[]) {
  const rows: unknown[] = []
  for (const statement of statements) rows.push(...(await execute(db, statement)).rows)
  return { rows }
}
