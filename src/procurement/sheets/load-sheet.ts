import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { ItemProof, Sheet, SheetItem } from './api.ts'
import { lackOf, sheetState } from './model.ts'

type Head = Omit<Sheet, 'items' | 'states'>
type ItemRow = Omit<SheetItem, 'lack'>

/**
 * Both sheets of one procurement with everything that hangs on their items, as they are now.
 * @throws AppError `not-found`, also when it may not be seen
 */
export async function loadSheet(db: Db, id: string): Promise<Sheet> {
  const head = await loadHead(db, id)
  const items = (await loadItems(db, id)).map((item): SheetItem => ({ ...item, lack: lackOf(item) ?? null }))
  const of = (sheet: SheetItem['sheet']) => sheetState(items.filter((item) => item.sheet === sheet))
  return {
    ...head,
    items,
    states: { 'procurement-check': of('procurement-check'), 'contract-check': of('contract-check') },
  }
}

async function loadHead(db: Db, id: string): Promise<Head> {
  const { rows } = await sql<Head>`
    select p.id, p.number, p.title, p.pattern, p.state, p.catalog, p.edition, p.digest, p.proposed_at as "proposedAt",
      p.created_at as "createdAt", p.updated_at as "updatedAt", p.version,
      jsonb_build_object('id', s.id, 'number', s.number, 'name', coalesce(s.facts #>> '{name,value}', '')) as system,
      jsonb_build_object('id', o.id, 'path', o.path, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation
    from procurement p join ai_system s on s.id = p.system_id join organisation o on o.id = p.organisation_id
    where p.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { procurement: id })
  return rows[0]
}

type ProofRow = ItemProof & { checkItemId: string }

async function loadItems(db: Db, procurementId: string): Promise<ItemRow[]> {
  const { rows } = await sql<Omit<ItemRow, 'proofs'>>`
    select i.id, i.item, i.sheet, i.position, i.group_id as "group", i.preset, i.proposal, i.included, i.reason,
      i.decided_at as "decidedAt", i.requirement, i.chapter, i.evidence, i.verification,
      jsonb_build_object('text', i.clause_text, 'number', i.clause_number, 'state', i.clause_state,
        'agreedOn', i.agreed_on) as clause,
      coalesce(e.files, 0) as files, i.version
    from check_item i
    left join (select item_id, count(*)::int as files from evidence
      where item_kind = 'check-item' and withdrawn_at is null
        and item_id in (select id from check_item where procurement_id = ${procurementId}) group by item_id) e on e.item_id = i.id
    where i.procurement_id = ${procurementId}
    order by i.sheet desc, i.position`.execute(db)
  const { rows: proofs } = await sql<ProofRow>`
    select id, check_item_id as "checkItemId", kind, what, setting, responsible, stage, due_on as "dueOn", state,
      done_at as "doneAt", version
    from item_proof where procurement_id = ${procurementId} order by created_at, id`.execute(db)
  const byItem = Map.groupBy(proofs, (proof) => proof.checkItemId)
  return rows.map((row) => ({
    ...row,
    proofs: (byItem.get(row.id) ?? []).map(({ checkItemId: _item, ...proof }) => proof),
  }))
}
