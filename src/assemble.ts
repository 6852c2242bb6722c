import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { may } from '#access/may.ts'
import { transactions } from '#audit/transaction.ts'
import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { localFiles } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { migrate } from '#platform/migrate.ts'

import type { AppDeps } from './app.ts'
import type { Config } from './config.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

export type House = { readonly deps: AppDeps; readonly database: Database; readonly migrated: readonly string[] }

/**
 * Opens what the rooms need and puts it together; the server and the command line both start here.
 * @throws AppError `unavailable` when another process holds the data folder, the database is newer than this program, or
 *   evaluation mode would be reachable from other machines
 */
export async function assemble(config: Config, onBug: AppDeps['onBug']): Promise<House> {
  const database =
    config.databaseUrl === undefined
      ? await openEmbeddedDatabase(join(config.dataDir, 'database'))
      : await openPostgres(config.databaseUrl)
  try {
    const migrated = await migrate(database.db)
    return { deps: await assembleOn(database, config, onBug), database, migrated }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** What the rooms need, on a database that is open and migrated. */
export async function assembleOn(database: Database, config: Config, onBug: AppDeps['onBug']): Promise<AppDeps> {
  const now = () => new Date()
  return {
    db: database.db,
    tx: transactions({ db: database.db, now, newId }),
    may,
    now,
    engine: database.engine,
    evaluation: true,
    demoPresent: async () => false,
    finderInForce: () => null,
    files: localFiles(join(config.dataDir, 'files')),
    maxUploadBytes: 50 * 1024 * 1024,
    onBug,
    webFolder: existsSync('web/dist/index.html') ? 'web/dist' : undefined,
  }
}

/** Evaluation mode lets anybody sign in as anybody: it must not be reachable from elsewhere unless that was said. */
export function refuseOpenEvaluation(config: Config): void {
  if (loopback.has(config.host) || config.allowRemoteEvaluation) return
  throw new AppError('unavailable', {
    reason: 'evaluation-beyond-loopback',
    host: config.host,
    setting: 'TENBIN_ALLOW_REMOTE_EVALUATION',
  })
}
