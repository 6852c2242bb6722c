import { tmpdir } from 'node:os'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'

import { assembleOn } from '#wiring/assemble.ts'
import { type AppDeps, createApp } from '#wiring/app.ts'
import { readConfig } from '#settings/config.ts'
import { transactions } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'
import { tidyRegister } from '#register/tidy-register.ts'

/** Tests ask as fast as they can. */
export const noLimits = Object.fromEntries(
  ['SIGN_IN_ADDRESS', 'SIGN_IN_PERSON', 'REFUSED_TOKENS', 'API', 'API_ADDRESS'].map((what) => [
    `TENBIN_LIMIT_${what}`,
    'off',
  ]),
)

/**
 * The whole server on an open database, without a port: `app.inject()`. A bug in a request is a failure of the test.
 * @param change  what the rooms are given instead of what is put together for them
 */
export async function appOn(
  database: Database,
  settings: Readonly<Record<string, string>> = {},
  change: (deps: AppDeps) => AppDeps = (deps) => deps,
): Promise<{ app: App; deps: AppDeps & { tidy: () => Promise<void> } }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-app-'))
  const config = readConfig({ TENBIN_DATA_DIR: dataDir, ...noLimits, ...settings })
  const deps = change(
    assembleOn(database, config, (error) => {
      throw error
    }),
  )
  const app = await createApp(deps)
  // Tests look behind the isolation, and call use cases without a request: both on the database as its owner.
  const { db } = database
  const tx = transactions({ db, now: deps.now, newId: deps.newId })
  const start: AppDeps['imports']['start'] = (...asked) => asSystem(() => deps.imports.start(...asked))
  const tidy = () => tidyRegister(db)
  return { app, deps: { ...deps, db, tx, imports: { ...deps.imports, start }, tidy } }
}
