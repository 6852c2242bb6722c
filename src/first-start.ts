import { sql } from 'kysely'

import { loadDemo } from '#demo/load-demo.ts'

import type { House } from './assemble.ts'

/** On an empty database: the demonstration content, or the least that an office needs to begin. */
export async function firstStart({ deps }: House, options: { demo: boolean; say: (text: string) => void }): Promise<void> {
  const { rows } = await sql`select 1 from organisation limit 1`.execute(deps.db)
  if (rows.length > 0) return
  if (options.demo) await loadDemo(deps)
}
