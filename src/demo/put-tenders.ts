import { sql } from 'kysely'
import { z } from 'zod'

import { type Actor, type Tx, txOver } from '#audit/transaction.ts'
import type { NewId } from '#platform/ids.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { keepHandedIn } from '#procurement/tenders/hand-in.ts'
import { fulfilments, labelFor, marks } from '#procurement/tenders/model.ts'
import { openAnswers, sendFirst } from '#procurement/tenders/send-items.ts'
import { askable } from '#procurement/tenders/sent-texts.ts'
import { bidderById, type Place, procurementAt, tellTender } from '#procurement/tenders/store.ts'

import { countedIds, idOf } from './ids.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
const answer = z.strictObject({
  /** Without it the item was not answered. */
  fulfils: z.enum(fulfilments).optional(),
  text: z.string().default(''),
  /** Without it nobody evaluated. */
  mark: z.enum(marks).optional(),
  reason: z.string().default(''),
})
const bidder = z.strictObject({
  supplier: z.string(),
  contact: z.strictObject({ name: z.string(), mail: z.email() }),
  /** People who sign in for the supplier. */
  people: z.array(z.string()).default([]),
  handed: moment.optional(),
  otherwise: answer.optional(),
  answers: z.record(z.string(), answer).default({}),
})
const tender = z.strictObject({
  system: z.string(),
  by: z.string(),
  sent: moment,
  deadline: moment,
  evaluated: moment.optional(),
  message: z.string(),
  bidders: z.array(bidder),
  award: z.strictObject({ to: z.string(), on: moment, reason: z.string() }).optional(),
})
/** The form of demo/tenders.yaml. */
export const tendersSchema = z.strictObject({ tenders: z.array(tender) })
type Given = z.infer<typeof tender>
type GivenBidder = z.infer<typeof bidder>

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`)
type As = (actor: Actor, when: string) => Tx

/** Puts in who was asked, what was answered and how it was evaluated, each deed by its person and at its time. */
export async function putTenders(t: Tx, newId: NewId, content: Content): Promise<void> {
  const rowIds = countedIds('tender')
  // Nobody is told by an event: none of this happens now.
  const as: As = (actor, when) => ({
    ...txOver(t.db, { actor, at: at(when), newId }),
    newId: rowIds,
    emit: () => Promise.resolve(),
  })
  for (const one of content.tenders) {
    const person = content.people.find(({ key }) => key === one.by)
    const { rows } = await sql<{ id: string }>`select id from procurement
      where system_id = ${idOf(`system ${one.system}`)} order by created_at desc limit 1`.execute(t.db)
    if (!person || !rows[0]) throw new Error(`demo/tenders.yaml: ${one.system}: no such person or procurement`)
    const planner: Actor = {
      personId: idOf(`person ${one.by}`),
      role: 'planner',
      organisationId: idOf(`organisation ${person.for}`),
    }
    await putOne(as, planner, await procurementAt(t.db, rows[0].id), one)
  }
}

async function putOne(as: As, planner: Actor, place: Place, one: Given): Promise<void> {
  const t = as(planner, one.sent)
  const sheet = await loadSheet(t.db, place.id)
  await sendFirst(t, place, sheet, one.message)
  const ids = one.bidders.map(({ supplier }) => idOf(`bidder ${one.system} ${supplier}`))
  for (const [n, given] of one.bidders.entries())
    await putBidder(t, place, one, { given, id: ids[n]!, label: labelFor(n) })
  await openAnswers(t, place, ids)
  const items = askable(sheet.items).map(({ item }) => item)
  for (const [n, given] of one.bidders.entries())
    if (given.handed !== undefined) await putAnswers(as, place, { given, id: ids[n]!, items, system: one.system })
  if (one.evaluated !== undefined) await evaluate(as(planner, one.evaluated), place, { one, ids, items })
  if (one.award) await award(as(planner, one.award.on), place, one)
}

async function putBidder(
  t: Tx,
  place: Place,
  one: Given,
  { given, id, label }: { given: GivenBidder; id: string; label: string },
): Promise<void> {
  const now = t.at.toISOString()
  const supplier = idOf(`supplier ${given.supplier}`)
  const person = idOf(`person of bidder ${one.system} ${given.supplier}`)
  const { name, mail } = given.contact
  await sql`insert into bidder (id, procurement_id, system_id, organisation_id, supplier_id, label, contact_name, contact_mail,
      deadline, invited_at, invited_by, updated_at)
    values (${id}, ${place.id}, ${place.systemId}, ${place.organisationId}, ${supplier}, ${label}, ${name}, ${mail},
      ${at(one.deadline).toISOString()}, ${now}, ${t.actor.personId}, ${now})`.execute(t.db)
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, mail, demo, created_at, created_by)
    values (${person}, ${place.organisationId}, ${name}, ${name}, '', '', ${mail}, true, ${now}, ${t.actor.personId})`.execute(
    t.db,
  )
  const people = [person, ...given.people.map((key) => idOf(`person ${key}`))]
  await sql`insert into bidder_contact (bidder_id, person_id, organisation_id, way, added_at)
    select ${id}::uuid, p, ${place.organisationId}::uuid, case when p = ${person}::uuid then 'link' else 'sign-in' end, ${now}::timestamptz
    from unnest(${people}::uuid[]) p`.execute(t.db)
  await tellTender(t, place, { type: 'bidder-invited', bidderId: id, fields: { supplier } })
}

const saidTo = (given: GivenBidder, item: string) => given.answers[item] ?? given.otherwise ?? answer.parse({})

async function putAnswers(
  as: As,
  place: Place,
  { given, id, items, system }: { given: GivenBidder; id: string; items: readonly string[]; system: string },
): Promise<void> {
  const contact: Actor = {
    personId: idOf(`person ${given.people[0] ?? `of bidder ${system} ${given.supplier}`}`),
    role: 'supplier',
    organisationId: place.organisationId,
  }
  const t = as(contact, given.handed!)
  const rows = items.map((item) => ({
    item,
    fulfils: saidTo(given, item).fulfils ?? null,
    text: saidTo(given, item).text,
  }))
  await sql`update bidder_answer a set fulfils = r.fulfils, text = r.text, tender_item_id = case when r.fulfils is null then null else i.id end,
      version = 2, updated_at = ${t.at.toISOString()}, updated_by = ${contact.personId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item text, fulfils text, text text)
      join tender_item i on i.procurement_id = ${place.id} and i.item = r.item
    where a.bidder_id = ${id} and a.item = r.item`.execute(t.db)
  await keepHandedIn(t, await bidderById(t.db, id), items)
}

async function evaluate(
  t: Tx,
  place: Place,
  { one, ids, items }: { one: Given; ids: readonly string[]; items: readonly string[] },
): Promise<void> {
  const rows = one.bidders.flatMap((given, n) =>
    items.flatMap((item) => {
      const { mark, reason } = saidTo(given, item)
      return mark === undefined ? [] : [{ bidder: ids[n]!, item, mark, reason }]
    }),
  )
  await sql`insert into evaluation (bidder_id, item, procurement_id, system_id, organisation_id, mark, reason, handing_in, at, by)
    select r.bidder, r.item, ${place.id}::uuid, ${place.systemId}::uuid, ${place.organisationId}::uuid, r.mark, r.reason, 1,
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(bidder uuid, item text, mark text, reason text)`.execute(
    t.db,
  )
  for (const bidderId of ids) {
    const own = rows.filter(({ bidder: whose }) => whose === bidderId).map(({ item, mark }) => ({ item, mark }))
    await tellTender(t, place, { type: 'evaluated', bidderId, fields: { marks: own } })
  }
}

async function award(t: Tx, place: Place, one: Given): Promise<void> {
  const { to, reason } = one.award!
  const id = idOf(`bidder ${one.system} ${to}`)
  const now = t.at.toISOString()
  await sql`insert into award (procurement_id, bidder_id, system_id, organisation_id, reason, at, by)
    values (${place.id}, ${id}, ${place.systemId}, ${place.organisationId}, ${reason}, ${now}, ${t.actor.personId})`.execute(
    t.db,
  )
  await sql`update bidder set state = case when id = ${id} then 'awarded' else 'ended' end, updated_at = ${now}
    where procurement_id = ${place.id}`.execute(t.db)
  await tellTender(t, place, { type: 'awarded', bidderId: id })
}
