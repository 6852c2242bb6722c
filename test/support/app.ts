import { tmpdir } from 'node:os'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'

import { assembleOn } from '../../src/assemble.ts'
import { type AppDeps, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '#platform/database.ts'
import type { App } from '#platform/http.ts'

/** The whole server on an open database, without a port: `app.inject()`. A bug in a request is a failure of the test. */
export async function appOn(database: Database): Promise<{ app: App; deps: AppDeps }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-app-'))
  const deps = assembleOn(database, readConfig({ TENBIN_DATA_DIR: dataDir }), (error) => {
    throw error
  })
  return { app: await createApp(deps), deps }
}
