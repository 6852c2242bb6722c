import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { Evidence } from './api.ts'
import type { ItemKind } from './model.ts'

export type NewEvidence = {
  readonly id: string
  readonly organisationId: string
  readonly itemKind: ItemKind
  readonly itemId: string
  readonly title: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly classification: string
}

export async function insertEvidence(
  db: Db,
  e: NewEvidence & { at: Date; by: string; role: string; demo?: boolean },
): Promise<void> {
  await sql`insert into evidence (id, organisation_id, item_kind, item_id, title, file_name, media_type, bytes, sha256,
      classification, added_at, added_by, added_role, demo)
    values (${e.id}, ${e.organisationId}, ${e.itemKind}, ${e.itemId}, ${e.title}, ${e.fileName}, ${e.mediaType},
      ${e.bytes}, ${e.sha256}, ${e.classification}, ${e.at.toISOString()}, ${e.by}, ${e.role}, ${e.demo ?? false})`.execute(
    db,
  )
}

type Row = Omit<Evidence, 'item' | 'withdrawn' | 'addedBy'> & {
  kind: ItemKind
  itemId: string
  addedBy: Evidence['addedBy']
  withdrawnAt: string | null
  withdrawnBy: Evidence['addedBy']
  withdrawnBecause: string | null
}

const rows = sql<Row>`
  select e.id, e.item_kind as kind, e.item_id as "itemId", e.title, e.file_name as "fileName", e.media_type as "mediaType",
    e.bytes, e.sha256, e.classification, e.added_at as "addedAt",
    case when a.id is null then null else jsonb_build_object('ja', a.name_ja, 'en', a.name_en) end as "addedBy",
    e.withdrawn_at as "withdrawnAt", e.withdrawn_because as "withdrawnBecause",
    case when w.id is null then null else jsonb_build_object('ja', w.name_ja, 'en', w.name_en) end as "withdrawnBy"
  from evidence e left join person a on a.id = e.added_by left join person w on w.id = e.withdrawn_by`

const evidenceOf = ({ kind, itemId, withdrawnAt, withdrawnBy, withdrawnBecause, ...rest }: Row): Evidence => ({
  ...rest,
  item: { kind, id: itemId },
  withdrawn: withdrawnAt === null ? null : { at: withdrawnAt, by: withdrawnBy, because: withdrawnBecause ?? '' },
})

/** Newest first, withdrawn ones too. */
export async function evidenceOfItem(db: Db, kind: ItemKind, itemId: string): Promise<Evidence[]> {
  const found = await sql<Row>`${rows} where e.item_kind = ${kind} and e.item_id = ${itemId}
    order by e.added_at desc, e.id desc`.execute(db)
  return found.rows.map(evidenceOf)
}

/** @throws AppError `not-found`, also when it may not be seen */
export async function evidenceById(db: Db, id: string): Promise<Evidence> {
  const found = await sql<Row>`${rows} where e.id = ${id}`.execute(db)
  if (!found.rows[0]) throw new AppError('not-found', { evidence: id })
  return evidenceOf(found.rows[0])
}

type ForUpdate = {
  readonly organisationId: string
  readonly organisationPath: string[]
  readonly withdrawn: boolean
  readonly ownerId: string
  /** What a supplier attached to an answer is its own. */
  readonly sentTo: string[]
}

/** @throws AppError `not-found` */
export async function evidenceForUpdate(db: Db, id: string): Promise<ForUpdate> {
  const { rows: found } = await sql<ForUpdate>`
    select e.organisation_id as "organisationId", o.path as "organisationPath", e.withdrawn_at is not null as withdrawn,
      e.added_by as "ownerId", case when e.item_kind = 'tender-answer' then array[e.added_by] else '{}' end as "sentTo"
    from evidence e join organisation o on o.id = e.organisation_id where e.id = ${id} for update of e`.execute(db)
  if (!found[0]) throw new AppError('not-found', { evidence: id })
  return found[0]
}

export async function markWithdrawn(db: Db, w: { id: string; at: Date; by: string; because: string }): Promise<void> {
  await sql`update evidence set withdrawn_at = ${w.at.toISOString()}, withdrawn_by = ${w.by}, withdrawn_because = ${w.because}
    where id = ${w.id}`.execute(db)
}
