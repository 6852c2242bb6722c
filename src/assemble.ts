import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { may } from '#access/may.ts'
import { scopeOf } from '#access/scope-of.ts'
import { transactions } from '#audit/transaction.ts'
import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import { demoPresent } from '#demo/load-demo.ts'
import { editionsOf } from '#finder/editions.ts'
import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { localFiles } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { prepareDatabase } from '#platform/prepare-database.ts'
import { fromRoot } from '#platform/root.ts'
import { asSystem } from '#platform/scope.ts'
import { shippedMaps } from '#register/import/column-maps.ts'
import { tableReader } from '#register/import/read-table.ts'
import { importRunner } from '#register/import/run-import.ts'
import { failInterrupted } from '#register/import/store.ts'
import { limits } from '#register/spreadsheet/limits.ts'
import { tidyRegister } from '#register/tidy-register.ts'

import type { AppDeps } from './app.ts'
import type { Config } from './config.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

export type House = { readonly deps: AppDeps; readonly database: Database; readonly migrated: readonly string[] }

/**
 * Opens what the rooms need and puts it together; the server and the command line both start here.
 * @throws AppError `unavailable` when another process holds the data folder, the database is newer than this program,
 *   row-level security could be passed, or a catalog cannot be loaded
 */
export async function assemble(config: Config, onBug: AppDeps['onBug']): Promise<House> {
  const database =
    config.databaseUrl === undefined
      ? await openEmbeddedDatabase(join(config.dataDir, 'database'))
      : await openPostgres(config.databaseUrl)
  try {
    const migrated = await prepareDatabase(database, config.databaseOwnerUrl)
    return { deps: assembleOn(database, config, onBug), database, migrated }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** What the rooms need, on a database that is open and migrated. */
export function assembleOn(database: Database, config: Config, onBug: AppDeps['onBug']): AppDeps {
  const now = () => new Date()
  const db = database.scoped
  const tx = transactions({ db, now, newId, scopeOf })
  const files = localFiles(join(config.dataDir, 'files'))
  const readTable = tableReader({ files })
  const { library, editions } = loadCatalogs(config.catalogFolders)
  return {
    db,
    tx,
    may,
    now,
    newId,
    ...config.people,
    files,
    readTable,
    library,
    editions,
    imports: importRunner({ db, tx, may, now, newId, readTable, tidy: () => tidyRegister(database.db), onBug }),
    shipped: shippedMaps(config.mapFolders),
    engine: database.engine,
    evaluation: true,
    demoPresent,
    finderInForce: () => {
      const { catalog, edition, content } = editions.inForce()
      return { catalog, edition, title: { ja: wordsOf(content.title, 'ja'), en: wordsOf(content.title, 'en') } }
    },
    maxUploadBytes: limits.fileBytes,
    onBug,
    webFolder: existsSync(fromRoot('web/dist/index.html')) ? fromRoot('web/dist') : undefined,
  }
}

/** A catalog that cannot be loaded stops the start: judging by half a rule is worse than not judging. */
function loadCatalogs(folders: readonly string[]) {
  const { library, faults } = loadLibrary(folders)
  if (faults.length > 0) throw new AppError('unavailable', { reason: 'catalog-faulty', faults })
  return { library, editions: editionsOf(library, entryInForce(folders, library, 'finder')) }
}

/** An import that ran when the last process ended has stored nothing; it is marked so once, by the server. */
export const settleInterrupted = ({ deps }: House): Promise<number> =>
  asSystem(() => failInterrupted(deps.db, deps.now()))

/** A foreign catalog may have one language; then that one is shown. */
const wordsOf = (text: Readonly<Record<string, unknown>>, language: string): string =>
  [text[language], text['ja'], text['en'], ...Object.values(text)].find((word) => typeof word === 'string') ?? ''

/** Evaluation mode lets anybody sign in as anybody: it must not be reachable from elsewhere unless that was said. */
export function refuseOpenEvaluation(config: Config): void {
  if (loopback.has(config.host) || config.allowRemoteEvaluation) return
  throw new AppError('unavailable', {
    reason: 'evaluation-beyond-loopback',
    host: config.host,
    setting: 'TENBIN_ALLOW_REMOTE_EVALUATION',
  })
}
