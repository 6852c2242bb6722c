import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

const tables = ['use_listing', 'use_text', 'ai_use', 'ai_system', 'system_model', 'facet']

/**
 * Counts anew what the planner should know and frees what was replaced. PostgreSQL does this by itself after a while;
 * the embedded engine never does. Meant for after an import and, on the embedded engine, for the start; not in a transaction.
 */
export async function tidyRegister(db: Db): Promise<void> {
  for (const table of tables) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
}
