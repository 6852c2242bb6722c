import { sql } from 'kysely'

import { openPostgres } from '#platform/database.ts'

/** After the run: the databases that its threads made on the PostgreSQL server are dropped. */
export async function teardown(): Promise<void> {
  const address = process.env['TENBIN_TEST_POSTGRES']
  if (address === undefined) return
  const admin = await openPostgres(address, { max: 1 })
  const { rows } = await sql<{ name: string }>`
    select datname as name from pg_database where datname like ${`tenbin\\_test\\_${process.pid}\\_%`}`.execute(
    admin.db,
  )
  for (const { name } of rows) await sql.raw(`drop database if exists ${name} with (force)`).execute(admin.db)
  await admin.close()
}
