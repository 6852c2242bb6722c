import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import { type BidderState, type Closed, closedBecause } from './model.ts'

type Row = {
  organisationId: string
  organisationPath: string[]
  sentTo: string[]
  state: BidderState
  deadline: string
  at: string
}

/**
 * Where an answer stands, for the files attached to it. Only its supplier finds it here: what was handed in the ministry
 * reads in the comparison, and attaches nothing to it.
 */
export async function placeOfAnswer(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[]; sentTo: string[]; closed?: Closed } | undefined> {
  const { rows } = await sql<Row>`
    select a.organisation_id as "organisationId", o.path as "organisationPath", b.state, b.deadline, now() as at,
      array(select c.person_id from bidder_contact c where c.bidder_id = b.id and c.removed_at is null) as "sentTo"
    from bidder_answer a join bidder b on b.id = a.bidder_id join organisation o on o.id = a.organisation_id
    where a.id = ${id}`.execute(db)
  if (!rows[0]) return undefined
  const { state, deadline, at, ...place } = rows[0]
  const closed = closedBecause({ state, deadline }, new Date(at))
  return closed === undefined ? place : { ...place, closed }
}
