import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { withhold } from '#audit/withhold.ts'
import { AppError } from '#platform/errors.ts'

import type { Kept, Removed } from './api.ts'
import { foundOffice, someoneLocal } from './first-office.ts'
import { countDemo, demoPresent, nobody } from './store.ts'

/**
 * Deletes the demonstration content in one transaction, and only it. Entries of the log stay: they name ids, nothing else.
 * What real records hang on is kept and stops being demonstration: the organisation of a real system, the supplier of a
 * real contract, and the people who alone could sign in there. Where nobody is left who can sign in, an office to be
 * renamed is founded, as at a first start without demonstration.
 * @throws AppError `not-permitted`, `not-found` when there is none
 */
export function removeDemo(deps: { tx: RunTx; may: May }, actor: Actor): Promise<Removed> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'remove-demo')
    if (!(await demoPresent(t.db))) throw new AppError('not-found', { what: 'demo' })
    const before = await countDemo(t.db)
    await removeSystems(t)
    const kept = await keepWhatIsNeeded(t)
    await removeRest(t)
    const founded = (await someoneLocal(t)) ? null : await foundOffice(t)
    const all = Object.values(before).reduce((n, count) => n + count, 0)
    const removed = all - Object.values(kept).reduce((n, names) => n + names.length, 0)
    await t.append({
      type: 'demo.removed',
      itemKind: 'demo',
      itemId: nobody,
      detail: {
        ...before,
        kept: Object.fromEntries(Object.entries(kept).map(([what, names]) => [what, names.length])),
      },
    })
    return { removed, kept, founded }
  })
}

async function removeSystems(t: Tx): Promise<void> {
  const { db } = t
  const history = {
    change: sql<{ id: string }>`select id from change where system_id in (select id from ai_system where demo)`,
    judgement: sql<{ id: string }>`select id from judgement where demo`,
    assessment: sql<{ id: string }>`select id from assessment where demo`,
    check_item_change: sql<{
      id: string
    }>`select id from check_item_change where system_id in (select id from ai_system where demo)`,
    document_made: sql<{
      id: string
    }>`select id from document_made where system_id in (select id from ai_system where demo)`,
    sheet_taken: sql<{
      id: string
    }>`select id from sheet_taken where system_id in (select id from ai_system where demo)`,
    tender_change: sql<{
      id: string
    }>`select id from tender_change where system_id in (select id from ai_system where demo)`,
    bidder_answer_change: sql<{
      id: string
    }>`select c.id from bidder_answer_change c join procurement p on p.id = c.procurement_id
      where p.system_id in (select id from ai_system where demo)`,
    rule_event: sql<{ id: string }>`select e.id from rule_event e join user_rule r on r.id = e.rule_id where r.demo`,
    acknowledgement: sql<{
      id: string
    }>`select a.id from acknowledgement a join user_rule r on r.id = a.rule_id where r.demo`,
    consultation_entry: sql<{
      id: string
    }>`select e.id from consultation_entry e join consultation c on c.id = e.item_id where c.demo`,
    report_event: sql<{
      id: string
    }>`select e.id from report_event e join periodic_report r on r.id = e.item_id where r.demo`,
    board_dossier: sql<{ id: string }>`select id from board_dossier where demo`,
    board_declaration: sql<{ id: string }>`select id from board_declaration where demo`,
    board_opinion: sql<{ id: string }>`select id from board_opinion where demo`,
    advice_adoption: sql<{ id: string }>`select id from advice_adoption where demo`,
    advice_condition_event: sql<{ id: string }>`select id from advice_condition_event where demo`,
    advice_publication: sql<{ id: string }>`select id from advice_publication where demo`,
    stage_waiver: sql<{ id: string }>`select id from stage_waiver where demo`,
    stage_passage: sql<{
      id: string
    }>`select p.id from stage_passage p where p.system_id in (select id from ai_system where demo)`,
    board_message: sql<{ id: string }>`select id from board_message where demo`,
    role_change: sql<{ id: string }>`select c.id from role_change c join person p on p.id = c.person_id where p.demo`,
  }
  for (const [kind, found] of Object.entries(history)) {
    const { rows } = await found.execute(db)
    await withhold(t, { kind, rowIds: rows.map((row) => row.id), rule: 'demo-removed' })
  }
  await sql`delete from user_rule where demo`.execute(db)
  await sql`delete from consultation where demo`.execute(db)
  await sql`delete from collection_entry where demo`.execute(db)
  await sql`delete from periodic_report where demo`.execute(db)
  await sql`delete from ai_system where demo`.execute(db)
  await sql`delete from board_meeting m where demo and not exists (select 1 from board_case c where c.meeting_id = m.id)`.execute(
    db,
  )
  await sql`delete from import where demo`.execute(db)
  await sql`delete from saved_view where person_id in (select id from person where demo)`.execute(db)
}

/** Clears the mark of everything that a real record points to; what still bears it can go. */
async function keepWhatIsNeeded({ db }: Tx): Promise<Kept> {
  // They pass to the organisation whose system points to them: who entered them may be about to go.
  const models = await sql<{
    ja: string
    en: string
  }>`update model m set demo = false, organisation_id = l.organisation_id
    from (select distinct on (model_id) model_id, organisation_id from system_model order by model_id, system_id) l
    where m.demo and l.model_id = m.id returning m.name as ja, m.name as en`.execute(db)
  const suppliers = await sql<{
    ja: string
    en: string
  }>`update supplier s set demo = false, organisation_id = l.organisation_id
    from (select distinct on (supplier_id) supplier_id, organisation_id from (
      select supplier_id, organisation_id, id from ai_system
      union all select supplier_id, organisation_id, id from bidder
      union all select supplier_id, organisation_id, id from model where not demo) x order by supplier_id, id) l
    where s.demo and l.supplier_id = s.id returning s.name as ja, s.name_en as en`.execute(db)
  const organisations = await sql<{ ja: string; en: string }>`update organisation o set demo = false
    where demo and exists (${realPlaces} and r.path @> array[o.id]) returning name_ja as ja, name_en as en`.execute(db)
  const people = await sql<{ ja: string; en: string }>`update person p set demo = false
    where demo and exists (select 1 from role_held h join organisation o on o.id = h.organisation_id
      where h.person_id = p.id and not o.demo
      and not exists (select 1 from role_held x join person y on y.id = x.person_id join organisation z on z.id = x.organisation_id
        where not y.demo and y.local and z.path[1] = o.path[1]))
    returning post_ja as ja, post_en as en`.execute(db)
  return {
    models: models.rows,
    suppliers: suppliers.rows,
    organisations: organisations.rows,
    people: people.rows,
  }
}

/** Organisations that a real record belongs to; those above them are in their paths. */
const realPlaces = sql`select 1 from organisation r where (not r.demo
  or exists (select 1 from ai_system x where x.organisation_id = r.id)
  or exists (select 1 from import x where x.organisation_id = r.id)
  or exists (select 1 from consultation x where x.organisation_id = r.id)
  or exists (select 1 from periodic_report x where x.organisation_id = r.id)
  or exists (select 1 from column_map x where x.organisation_id = r.id)
  or exists (select 1 from user_rule x where x.organisation_id = r.id)
  or exists (select 1 from saved_view x where x.organisation_id = r.id)
  or exists (select 1 from supplier x where x.organisation_id = r.id and not x.demo)
  or exists (select 1 from model x where x.organisation_id = r.id and not x.demo)
  or exists (select 1 from person x where x.organisation_id = r.id and not x.demo)
  or exists (select 1 from role_held h join person x on x.id = h.person_id where h.organisation_id = r.id and not x.demo))`

async function removeRest({ db }: Tx): Promise<void> {
  await sql`delete from model where demo`.execute(db)
  await sql`delete from supplier where demo`.execute(db)
  // A person who stays may have held a role in, or belonged to, a unit that goes.
  await sql`delete from person where demo`.execute(db)
  await sql`update person p set organisation_id = (select o.path[1] from organisation o where o.id = p.organisation_id)
    where organisation_id in (select id from organisation where demo)`.execute(db)
  await sql`delete from role_held where organisation_id in (select id from organisation where demo)`.execute(db)
  await sql`delete from session where organisation_id in (select id from organisation where demo)`.execute(db)
  await sql`delete from number_counter where prefix in (select code from organisation where demo)`.execute(db)
  // Numbers of a year begin anew where no real question and no real entry has one of them.
  await sql`delete from number_counter c where prefix ~ '^C[ABD]-[0-9]{4}$'
    and not exists (select 1 from consultation x where x.number like c.prefix || '-%')
    and not exists (select 1 from collection_entry x where x.number like c.prefix || '-%')`.execute(db)
  await sql`delete from number_counter c where prefix like 'AB-%'
    and not exists (select 1 from board_case x where x.number like c.prefix || '-%')`.execute(db)
  await sql`delete from number_counter c where prefix like 'PC-%'
    and not exists (select 1 from procurement p where p.number like c.prefix || '-%')`.execute(db)
  await sql`delete from organisation where demo`.execute(db)
}
