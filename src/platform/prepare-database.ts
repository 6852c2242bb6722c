import { sql } from 'kysely'

import { type Database, openPostgres } from './database.ts'
import { AppError } from './errors.ts'
import { grantApplication, makeApplicationRole, refuseUnisolated } from './isolation.ts'
import { migrate, missingMigrations } from './migrate.ts'
import { applicationRole } from './scope.ts'

/**
 * Brings the database to the newest schema and makes sure that the application cannot pass its row-level security.
 * PostgreSQL knows two roles: the owner, who migrates, and the application's, which owns nothing.
 * @param ownerUrl  address with which the owner signs in; without it the schema must be there already
 * @returns the names of the migrations that were done now
 * @throws AppError `unavailable`: `migrations-missing`, `isolation`, or what `migrate` throws
 */
export async function prepareDatabase(database: Database, ownerUrl?: string): Promise<string[]> {
  const done = database.switchesRole ? await prepareOwn(database) : await prepareByOwner(database, ownerUrl)
  await refuseUnisolated(database)
  return done
}

async function prepareOwn({ db }: Database): Promise<string[]> {
  const done = await migrate(db)
  await makeApplicationRole(db, applicationRole)
  await grantApplication(db, applicationRole)
  return done
}

async function prepareByOwner({ db }: Database, ownerUrl: string | undefined): Promise<string[]> {
  if (ownerUrl === undefined) {
    const missing = await missingMigrations(db)
    if (missing.length === 0) return []
    throw new AppError('unavailable', { reason: 'migrations-missing', names: missing, setting: 'DATABASE_OWNER_URL' })
  }
  const { rows } = await sql<{ role: string }>`select session_user::text as role`.execute(db)
  const owner = await openPostgres(ownerUrl, { max: 2 })
  try {
    const done = await migrate(owner.db)
    await grantApplication(owner.db, rows[0]!.role)
    return done
  } finally {
    await owner.close()
  }
}
