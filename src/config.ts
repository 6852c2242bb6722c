import { z } from 'zod'

import { AppError } from '#platform/errors.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  TENBIN_DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().optional(),
  /** More catalog folders, separated by `:`; a ministry replaces a rule by a file, not by code. */
  TENBIN_CATALOGS: z.string().optional(),
  /** More folders with column maps, separated by `:`. */
  TENBIN_MAPS: z.string().optional(),
  /** `yes` lets the local sign-in of evaluation mode run beside an address that others can reach. */
  TENBIN_ALLOW_REMOTE_EVALUATION: z.enum(['yes', 'no']).default('no'),
  /** Set by npm: which script runs, and the folder in which the person called it. */
  npm_lifecycle_event: z.string().optional(),
  INIT_CWD: z.string().optional(),
})

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly catalogFolders: readonly string[]
  readonly mapFolders: readonly string[]
  readonly allowRemoteEvaluation: boolean
  readonly language: 'ja' | 'en'
  /** Where the person stood who called `npm run tenbin`; npm itself changes to the folder of the project. */
  readonly calledFrom: string | undefined
}

/** Japanese unless the system speaks English. */
export const languageOf = (env: NodeJS.ProcessEnv): Config['language'] => (env['LANG']?.startsWith('en') ? 'en' : 'ja')

const folders = (own: string, more: string | undefined) => [own, ...(more ?? '').split(':').filter((f) => f !== '')]

/**
 * The only reader of the environment. Importing this file reads nothing.
 * @throws AppError `bad-input` naming the setting that cannot be read
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const setting = String(parsed.error.issues[0]?.path[0])
    throw new AppError('bad-input', { reason: 'setting', setting, value: env[setting] })
  }
  const e = parsed.data
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: e.TENBIN_DATA_DIR,
    databaseUrl: e.DATABASE_URL === '' ? undefined : e.DATABASE_URL,
    catalogFolders: folders('catalogs', e.TENBIN_CATALOGS),
    mapFolders: folders('maps', e.TENBIN_MAPS),
    allowRemoteEvaluation: e.TENBIN_ALLOW_REMOTE_EVALUATION === 'yes',
    calledFrom: e.npm_lifecycle_event === 'tenbin' ? e.INIT_CWD : undefined,
    language: languageOf(env),
  }
}
