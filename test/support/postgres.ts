import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'

import { openPostgres } from '#platform/database.ts'

import { freePort } from './server.ts'

/** What a server is told to use a database as in an office: one role that owns it, one for the application. */
export type Addresses = { readonly DATABASE_URL: string; readonly DATABASE_OWNER_URL: string }

const application = 'tenbin_server_test'

/** A database of its own on a PostgreSQL that is up, with a role for the application. */
export async function newDatabase(admin: string): Promise<Addresses & { readonly drop: () => Promise<void> }> {
  const name = `tenbin_server_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const inside = async (...statements: string[]) => {
    const database = await openPostgres(admin, { max: 1 })
    try {
      for (const statement of statements) await sql.raw(statement).execute(database.db)
    } finally {
      await database.close()
    }
  }
  await inside(
    `do $$ begin create role ${application} login password '${application}'; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await inside(`create database ${name} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0`)
  const owner = new URL(admin)
  owner.pathname = `/${name}`
  const app = new URL(owner)
  app.username = application
  app.password = application
  return {
    DATABASE_URL: app.href,
    DATABASE_OWNER_URL: owner.href,
    drop: () => inside(`drop database if exists ${name} with (force)`),
  }
}

const packaged = '/usr/lib/postgresql'

/** Where the programs of a PostgreSQL server are, or nothing. */
export function serverPrograms(): string | undefined {
  if (!existsSync(packaged)) return undefined
  const versions = readdirSync(packaged).filter((v) => existsSync(join(packaged, v, 'bin', 'initdb')))
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? undefined : join(packaged, newest, 'bin')
}

export type Cluster = {
  readonly address: string
  readonly start: () => void
  /** `fast`: as an administrator stops it; `immediate`: as if its machine lost power. */
  readonly stop: (how: 'fast' | 'immediate') => void
  readonly remove: () => void
}

/** A PostgreSQL of its own, so that a test can stop it without disturbing others. Runs as `postgres` where we are root. */
export async function newCluster(programs: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-cluster-'))
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim())
    chownSync(folder, id('-u'), id('-g'))
  }
  const run = (program: string, ...words: string[]) => {
    const command = [join(programs, program), ...words]
    const [first, ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    const { status } = spawnSync(first!, rest, { cwd: tmpdir(), stdio: 'ignore' })
    if (status !== 0) throw new Error(`${program} ended with ${String(status)}`)
  }
  const port = await freePort()
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-U', 'tenbin', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8')
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const start = () => run('pg_ctl', '-D', data, '-w', '-o', options, '-l', join(folder, 'log'), 'start')
  const stop = (how: 'fast' | 'immediate') => run('pg_ctl', '-D', data, '-w', '-m', how, 'stop')
  start()
  return {
    address: `postgres://tenbin@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: () => {
      try {
        stop('immediate')
      } catch {
        // It is stopped already.
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
