import type { FastifyRequest } from 'fastify'

import { sql } from 'kysely'

import { whatWaits } from '#audit/store-log.ts'
import type { RunTx, Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'
import type { Telemetry } from '#platform/telemetry.ts'
import { noTelemetry } from '#platform/telemetry.ts'
import type { Who } from '#platform/watch-requests.ts'

/** Who asks, as the log may tell it: an id that says nothing by itself, and the role. */
export function whoAsks(request: FastifyRequest): Who {
  try {
    const { personId, role } = request.actor
    return personId === '' ? undefined : { person: personId, role }
  } catch {
    return undefined
  }
}

/** A span for the transaction of each use case, named by the deeds that it told the log of. */
export function traced(telemetry: Telemetry, tx: RunTx): RunTx {
  if (telemetry === noTelemetry) return tx
  return (actor, work) =>
    telemetry.span('transaction', async (note) => {
      const deeds = new Set<string>()
      const noting = (t: Tx): Tx => ({
        ...t,
        append: async (entries) => {
          for (const { type } of 'type' in entries ? [entries] : entries) deeds.add(type)
          await t.append(entries)
        },
      })
      try {
        return await tx(actor, (t) => work(noting(t)))
      } finally {
        note({ 'tenbin.role': actor.role, 'tenbin.deeds': [...deeds].join(',') })
      }
    })
}

/** Figures of the whole database, each time metrics are sent: how far the log lags, and how many jobs wait or failed. */
export function watchFigures(telemetry: Telemetry, db: Db): void {
  const jobs = (states: readonly string[]) =>
    asSystem(async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pgboss.job where state::text = any(${[...states]}::text[])`.execute(db)
      return rows[0]?.n
    })
  telemetry.watch('tenbin.log.lag', 's', async () => (await asSystem(() => whatWaits(db))).lagMs / 1000)
  telemetry.watch('tenbin.jobs.waiting', '{job}', () => jobs(['created', 'retry']))
  telemetry.watch('tenbin.jobs.failed', '{job}', () => jobs(['failed']))
}
