import { sql } from 'kysely'

import type { Database } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { refuseUnisolated } from '#platform/isolation.ts'
import { missingMigrations } from '#platform/migrate.ts'
import type { Lack, Part } from '#platform/parts.ts'

/** What stands in `/readyz` for one thing that must be well. */
export type Check = { readonly name: string; readonly lacks: () => Promise<readonly Lack[]> }
export type Readiness = {
  readonly status: 'ready' | 'not-ready' | 'stopping'
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly lacks: readonly Lack[] }[]
}

/** A check that takes longer has failed: who asks waits. */
const withinMs = 2000

/** @returns what a load balancer is told: whether to send requests here, and if not, what is lacking, in codes */
export async function readinessOf(checks: readonly Check[], stopping: boolean): Promise<Readiness> {
  const found = await Promise.all(
    checks.map(async ({ name, lacks }) => {
      const lacking = await inTime(lacks()).catch((error: unknown) => [lackOf(error)])
      return { name, ready: lacking.length === 0, lacks: lacking }
    }),
  )
  const ready = found.every((one) => one.ready)
  return { status: stopping ? 'stopping' : ready ? 'ready' : 'not-ready', checks: found }
}

/** The database answers, has the schema of this program, and keeps ministries apart. */
export const databaseChecks = (database: Database): Check[] => [
  {
    name: 'database',
    lacks: async () => {
      await sql`select 1`.execute(database.scoped)
      return []
    },
  },
  {
    name: 'migrations',
    lacks: async () => {
      const missing = await missingMigrations(database.db)
      return missing.map((name) => ({ code: 'migration-missing', params: { name } }))
    },
  },
  {
    name: 'isolation',
    lacks: async () => {
      await refuseUnisolated(database)
      return []
    },
  },
]

export const partChecks = (parts: readonly Part[]): Check[] =>
  parts.flatMap(({ name, lacks }) => (lacks ? [{ name, lacks }] : []))

/** Codes only: whoever may reach the port may read them. */
function lackOf(error: unknown): Lack {
  if (!(error instanceof AppError)) return { code: 'no-answer' }
  const { reason, fault } = error.params
  return {
    code: typeof reason === 'string' ? reason : error.code,
    ...(fault === undefined ? {} : { params: { fault } }),
  }
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error('late')), withinMs)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
    asked.catch(() => {})
  }
}
