import { relative } from 'node:path'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import { fromRoot } from '#platform/root.ts'

import { database } from './database.ts'
import { documents } from './documents.ts'
import { log } from './log.ts'
import { notices } from './notices.ts'
import { keeping } from './keeping.ts'
import { people } from './people.ts'
import { running } from './running.ts'
import { port, section, text, yesOrNo } from './section.ts'
import { signIn } from './sign-in.ts'

const house = section(
  {
    PORT: port.default(3000),
    HOST: z.string().default('127.0.0.1'),
    TENBIN_DATA_DIR: z.string().default('./data'),
    DATABASE_URL: text,
    /** Signs in as the owner of the tables, for migrations alone; `DATABASE_URL` signs in as a role that owns nothing. */
    DATABASE_OWNER_URL: text,
    /** More catalog folders, separated by `:`; a ministry replaces a rule by a file, not by code. */
    TENBIN_CATALOGS: z.string().optional(),
    /** More folders with policies, separated by `:`; a file replaces the shipped one of the same name. */
    TENBIN_POLICIES: z.string().optional(),
    /** More folders with column maps, separated by `:`. */
    TENBIN_MAPS: z.string().optional(),
    /** More folders with presets (deadlines, weights), separated by `:`; a file replaces the shipped one of the same name. */
    TENBIN_PRESETS: z.string().optional(),
    /** `yes` lets the local sign-in of evaluation mode run beside an address that others can reach. */
    TENBIN_ALLOW_REMOTE_EVALUATION: yesOrNo('no'),
    /** Set by npm: which script runs, and the folder in which the person called it. */
    npm_lifecycle_event: z.string().optional(),
    INIT_CWD: z.string().optional(),
  },
  (e) => ({
    port: e.PORT,
    host: e.HOST,
    dataDir: e.TENBIN_DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    catalogFolders: folders('catalogs', e.TENBIN_CATALOGS),
    policyFolders: folders('policies', e.TENBIN_POLICIES),
    mapFolders: folders('maps', e.TENBIN_MAPS),
    presetFolders: folders('presets', e.TENBIN_PRESETS),
    allowRemoteEvaluation: e.TENBIN_ALLOW_REMOTE_EVALUATION,
    /** Where the person stood who called `npm run tenbin`; npm itself changes to the folder of the project. */
    calledFrom: e.npm_lifecycle_event === 'tenbin' ? e.INIT_CWD : undefined,
  }),
)

/** Each part of the house has its settings in one file of `settings/` and one line here. */
const sections = { database, documents, keeping, log, notices, people, running, signIn }

/** Sections have different shapes; each reads what it was written for. */
type AnySection = { shape: z.ZodRawShape; read: (said: Record<string, unknown>) => unknown }
type Read<S> = S extends { read: (said: never) => infer C } ? C : never
type Sections = { readonly [K in keyof typeof sections]: Read<(typeof sections)[K]> }
export type Config = Read<typeof house> &
  Sections & {
    readonly language: 'ja' | 'en'
    /** A variable that a file of settings names, so that a secret needs not stand in the file. */
    readonly environment: (name: string) => string | undefined
  }

/** Japanese unless the system speaks English. */
export const languageOf = (env: NodeJS.ProcessEnv): Config['language'] => (env['LANG']?.startsWith('en') ? 'en' : 'ja')

/** The shipped folder is named from where the person stands, so that what is said of its files can be clicked. */
function folders(own: string, more: string | undefined): string[] {
  return [relative('', fromRoot(own)), ...(more ?? '').split(':').filter((f) => f !== '')]
}

/** A setting whose value must not be printed when it cannot be read. */
const secret = /SECRET|PASSWORD|TOKEN|KEY|URL$/

/** Every variable that is read, for the test that each is described in the guide. */
export const settingNames: readonly string[] = [house, ...Object.values(sections)].flatMap((s) => Object.keys(s.shape))

function parse<S extends z.ZodRawShape, C>(
  part: { shape: S; read: (said: z.output<z.ZodObject<S>>) => C },
  env: NodeJS.ProcessEnv,
): C {
  const parsed = z.object(part.shape).safeParse(env)
  if (parsed.success) return part.read(parsed.data)
  const setting = String(parsed.error.issues[0]?.path[0])
  throw new AppError('bad-input', { reason: 'setting', setting, value: secret.test(setting) ? '…' : env[setting] })
}

/**
 * The only reader of the environment. Importing this file reads nothing.
 * @throws AppError `bad-input` naming the setting that cannot be read
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const all: readonly [string, AnySection][] = Object.entries(sections) as unknown as [string, AnySection][]
  const parts: unknown = Object.fromEntries(all.map(([name, part]) => [name, parse(part, env)]))
  return { ...parse(house, env), ...(parts as Sections), language: languageOf(env), environment: (name) => env[name] }
}
