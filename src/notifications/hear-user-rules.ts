import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import type { Told } from './store.ts'

type Row = {
  readonly id: string
  readonly organisationId: string
  readonly systemId: string | null
  readonly writer: string | null
}

/** The version that the event is about, and who handed it over for review last. */
async function versionOf(db: Db, { payload }: OutboxRow): Promise<Row | undefined> {
  const { rows } =
    await sql<Row>`select v.rule_id as id, v.organisation_id as "organisationId", v.system_id as "systemId",
      (select e.actor_id from rule_event e where e.version_id = v.id and e.type = 'review-began' order by e.at desc limit 1) as writer
    from rule_version v where v.id = ${String(payload['version'])}`.execute(db)
  return rows[0]
}

const told = (kind: Told['kind'], { id, organisationId }: Row, cause: string, personId?: string): Told => ({
  kind,
  organisationId,
  itemId: id,
  cause,
  ...(personId === undefined ? {} : { personId }),
})

/** Who is asked to review is told, who wrote is told what was sent back, and who adopts that every reviewer has confirmed. */
export const hearsUserRules: Readonly<Record<string, (db: Db, event: OutboxRow) => Promise<Told[]>>> = {
  'user-rule.review-began': async (db, event) => {
    const row = await versionOf(db, event)
    const reviewers = event.payload['reviewers'] as string[]
    return row ? reviewers.map((person) => told('rule-to-review', row, event.id, person)) : []
  },
  'user-rule.sent-back': async (db, event) => {
    const row = await versionOf(db, event)
    const other = row?.writer != null && row.writer !== event.payload['by']
    return row && other ? [told('rule-sent-back', row, event.id, row.writer!)] : []
  },
  'user-rule.to-adopt': async (db, event) => {
    const row = await versionOf(db, event)
    return row ? [told(row.systemId === null ? 'ministry-rule-to-adopt' : 'system-rule-to-adopt', row, event.id)] : []
  },
}
