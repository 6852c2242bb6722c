import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import type { ProcurementState } from '#procurement/sheets/workflow.ts'

import type { BidderState } from './model.ts'

export type Place = {
  readonly id: string
  readonly systemId: string
  readonly organisationId: string
  readonly organisationPath: readonly string[]
  readonly state: ProcurementState
  readonly version: number
  readonly number: string
  readonly title: string
}

const place = sql`p.id, p.system_id as "systemId", p.organisation_id as "organisationId", o.path as "organisationPath",
  p.state, p.version, p.number, p.title`

/** @throws AppError `not-found`, also when it may not be seen */
export async function procurementAt(db: Db, id: string): Promise<Place> {
  const { rows } = await sql<Place>`select ${place} from procurement p join organisation o on o.id = p.organisation_id
    where p.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { procurement: id })
  return rows[0]
}

/** The same, held until the end of the transaction: whatever is done in a tender is done one after another. */
export async function lockProcurement(db: Db, id: string): Promise<Place> {
  await lockRows(db, 'procurement', [id])
  return procurementAt(db, id)
}

export type BidderRow = {
  readonly id: string
  readonly procurementId: string
  readonly systemId: string
  readonly organisationId: string
  readonly supplierId: string
  readonly label: string
  readonly state: BidderState
  readonly deadline: string
  readonly handedIn: number
  readonly handedInAt: string | null
  readonly version: number
}

const bidderColumns = sql`b.id, b.procurement_id as "procurementId", b.system_id as "systemId",
  b.organisation_id as "organisationId", b.supplier_id as "supplierId", b.label, b.state, b.deadline,
  b.handed_in as "handedIn", b.handed_in_at as "handedInAt", b.version`

/** @throws AppError `not-found`, also when it may not be seen */
export async function bidderById(db: Db, id: string): Promise<BidderRow> {
  const { rows } = await sql<BidderRow>`select ${bidderColumns} from bidder b where b.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { bidder: id })
  return rows[0]
}

export async function biddersOf(db: Db, procurementId: string): Promise<BidderRow[]> {
  const { rows } = await sql<BidderRow>`select ${bidderColumns} from bidder b where b.procurement_id = ${procurementId}
    order by b.invited_at, b.label, b.id`.execute(db)
  return rows
}

/** The people to whom a tender was sent, as the policies ask for them. */
export async function contactsOf(db: Db, bidderId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select person_id as id from bidder_contact
    where bidder_id = ${bidderId} and removed_at is null`.execute(db)
  return rows.map(({ id }) => id)
}

export type TenderDeed = {
  readonly type: string
  readonly bidderId?: string
  readonly item?: string
  /** Codes, numbers, dates and ids for the history; what is personal stays in the table of what it belongs to. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly digest?: string
}

/** The row of the history and the entry of the log, which say the same. */
export async function tellTender(
  t: Tx,
  at: Pick<Place, 'id' | 'systemId' | 'organisationId'>,
  deed: TenderDeed,
): Promise<void> {
  const { actor } = t
  const fields = deed.fields ?? {}
  await sql`insert into tender_change (id, at, type, procurement_id, system_id, organisation_id, bidder_id, item, fields, digest,
      actor_id, actor_role)
    values (${t.newId()}, ${t.at.toISOString()}, ${deed.type}, ${at.id}, ${at.systemId}, ${at.organisationId},
      ${deed.bidderId ?? null}, ${deed.item ?? null}, ${JSON.stringify(fields)}::jsonb, ${deed.digest ?? null},
      ${actor.personId}, ${actor.role})`.execute(t.db)
  await t.append({
    type: `tender.${deed.type}`,
    itemKind: 'procurement',
    itemId: at.id,
    organisationId: at.organisationId,
    detail: {
      ...(deed.bidderId === undefined ? {} : { bidder: deed.bidderId }),
      ...(deed.item === undefined ? {} : { item: deed.item }),
      ...(deed.digest === undefined ? {} : { digest: deed.digest }),
      ...fields,
    },
  })
}
