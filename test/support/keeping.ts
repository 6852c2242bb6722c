import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'

import { leftOutTables } from '#keeping/backup-format.ts'
import { columnsToTake } from '#keeping/read-schema.ts'
import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { localFiles } from '#platform/files.ts'
import { grantApplication, makeApplicationRole } from '#platform/isolation.ts'
import { migrate } from '#platform/migrate.ts'
import { fromRoot } from '#platform/root.ts'
import { applicationRole } from '#platform/scope.ts'
import { postgresAddress } from '#test/engines.ts'
import { newDatabase } from '#test/postgres.ts'

export const leftOut = leftOutTables(fromRoot('keeping/backup.yaml'))

export const targets = postgresAddress ? (['pglite', 'postgresql'] as const) : (['pglite'] as const)

export type Target = {
  readonly database: Database
  readonly prepare: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A database of its own without any schema yet. */
export async function emptyTarget(engine: Database['engine']): Promise<Target> {
  const made = engine === 'postgresql' ? await newDatabase(postgresAddress!) : undefined
  const database = made
    ? await openPostgres(made.DATABASE_OWNER_URL, { max: 2, role: applicationRole })
    : await openEmbeddedDatabase()
  return {
    database,
    prepare: async () => {
      await migrate(database.db)
      await makeApplicationRole(database.db, applicationRole)
      await grantApplication(database.db, applicationRole)
    },
    close: async () => {
      await database.close()
      await made?.drop()
    },
  }
}

export function folderWithFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-keeping-'))
  return { folder, files: localFiles(join(folder, 'files')) }
}

/** Rows and their digest, table by table, so that two databases can be held against each other. */
export async function contentOf({
  db,
}: Pick<Database, 'db'>): Promise<Record<string, { rows: number; digest: string }>> {
  const all: Record<string, { rows: number; digest: string }> = {}
  for (const { name, columns } of await columnsToTake(db, leftOut)) {
    const texts = sql.join(columns.filter((c) => c.type !== 'xid8').map((c) => sql`${sql.id(c.name)}::text`))
    const { rows } = await sql<{ rows: number; digest: string }>`
      select count(*) as rows, coalesce(md5(string_agg(t, '|' order by t collate "C")), '') as digest
      from (select array[${texts}]::text as t from ${sql.id(name)}) r`.execute(db)
    all[name] = rows[0]!
  }
  return all
}
