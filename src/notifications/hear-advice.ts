import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import type { Told } from './store.ts'

/** Told of the case: the words of advice and conditions stay on its page. */
const tell =
  (kind: Told['kind'], everywhere = false) =>
  async (db: Db, { id, payload }: OutboxRow): Promise<Told[]> => {
    const { rows } = await sql<{ id: string; organisationId: string; number: string }>`
      select id, organisation_id as "organisationId", coalesce(number, '') as number from board_case
      where id = ${String(payload['case'])}`.execute(db)
    return rows.map(({ id: itemId, organisationId, number }) => ({
      kind,
      // The secretariat is one for all ministries.
      organisationId: everywhere ? undefined : organisationId,
      itemId,
      params: { number },
      cause: id,
    }))
  }

export const hearsAdvice: Readonly<Record<string, (db: Db, event: OutboxRow) => Promise<Told[]>>> = {
  'advice.adopted': tell('advice-adopted'),
  'condition.reported': tell('condition-reported', true),
  'condition.change-asked': tell('condition-change-asked', true),
  'condition.met': tell('condition-answered'),
  'condition.sent-back': tell('condition-answered'),
  'condition.changed': tell('condition-answered'),
  'condition.change-refused': tell('condition-answered'),
  'condition.withdrawn': tell('condition-answered'),
}
