import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { Database, Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import { newId } from '#platform/ids.ts'
import type { MadeLink, OwnTender, Tender } from '#procurement/tenders/api.ts'
import { inviteBidder } from '#procurement/tenders/invite-bidder.ts'
import { loadTenderSettings } from '#procurement/tenders/rules.ts'

import { type as, make, type MadeOrganisation } from './people.ts'
import { aProcurement, completeSheet, type ProcurementMade } from './procurement.ts'
import { txOn } from './register.ts'

const founder = '00000000-0000-7000-8000-00000000000f'
const day = 86_400_000
export const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString()

export async function aSupplier(database: Database, ministry: MadeOrganisation, name: string): Promise<string> {
  const id = newId()
  await sql`insert into supplier (id, organisation_id, name, name_en, name_key, created_at, created_by)
    values (${id}, ${ministry.id}, ${name}, ${`${name} Ltd`}, ${id}, now(), ${founder})`.execute(database.db)
  return id
}

/** A contact of a supplier who signs in. */
export async function aContact(database: Database, organisation: MadeOrganisation, supplierId: string): Promise<Actor> {
  const contact = await make.person(database.db, organisation, 'supplier')
  await sql`update role_held set supplier_id = ${supplierId} where person_id = ${contact.personId}`.execute(database.db)
  return { ...contact, supplierId }
}

export const inviteDeps = (database: Database) => ({
  tx: txOn(database),
  may: () => {},
  now: () => new Date(),
  timeZone: 'Asia/Tokyo',
  notices: { address: 'https://tenbin.example', mailSent: true },
  tenders: loadTenderSettings(),
})

export type Asked = MadeLink & { readonly supplierId: string; readonly token: string; readonly contact: Actor }

/** A procurement whose sheet is complete, with so many suppliers asked; each has a link and a contact who signs in. */
export async function aTender(
  database: Database,
  suppliers = 2,
  at?: MadeOrganisation,
): Promise<ProcurementMade & { bidders: Asked[] }> {
  const made = await aProcurement(database, undefined, at)
  await completeSheet(database, made)
  const bidders: Asked[] = []
  for (let n = 0; n < suppliers; n += 1) bidders.push(await askSupplier(database, made, n))
  return { ...made, bidders }
}

export async function askSupplier(
  database: Database,
  { id, planner, ministry }: ProcurementMade,
  n: number,
  supplier?: string,
): Promise<Asked> {
  const supplierId = supplier ?? (await aSupplier(database, ministry, `事業者${n + 1}号`))
  const contact = await aContact(database, ministry, supplierId)
  const link = await inviteBidder(inviteDeps(database), planner, {
    procurementId: id,
    supplierId,
    label: `${String.fromCharCode(65 + n)}社`,
    contact: { name: `担当${n + 1}`, mail: `contact${n + 1}@supplier.example` },
    language: 'ja',
    deadline: inDays(10),
    way: 'shown',
    people: [contact.personId],
  })
  return { ...link, supplierId, contact, token: link.link!.split('#')[1]! }
}

export type Send = Awaited<ReturnType<typeof as>>

/** Comes in by link, as the page does. */
export async function enter(app: App, token: string) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/tenders/enter',
    payload: { token },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0]!
  const send: Send = async (method, url, payload, headers) =>
    app.inject({
      method,
      url,
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    })
  return { answer, send }
}

export const ifMatch = (version: number) => ({ 'if-match': `"${version}"` })

export const ownTender = async (send: Send, id: string): Promise<OwnTender> =>
  (await send('GET', `/api/v1/tenders/${id}`)).json<OwnTender>()
export const tenderOf = async (send: Send, procurementId: string): Promise<Tender> =>
  (await send('GET', `/api/v1/procurements/${procurementId}/tender`)).json<Tender>()

/** Saves an answer to an item as it is now. */
export async function answer(
  send: Send,
  id: string,
  item: string,
  said: { fulfils: 'yes' | 'partly' | 'no' | null; text: string },
) {
  const { version } = (await ownTender(send, id)).items.find((one) => one.item === item)!
  return send('PUT', `/api/v1/tenders/${id}/answers/${item}`, said, ifMatch(version))
}
export async function handIn(send: Send, id: string) {
  const { sending } = await ownTender(send, id)
  return send('POST', `/api/v1/tenders/${id}/hand-in`, { sending })
}
/** The deadline of a bidder has passed. */
export const passDeadline = (database: Database, bidderId: string) =>
  sql`update bidder set deadline = now() - interval '1 minute' where id = ${bidderId}`.execute(database.db)

type MatrixPlace = { organisation: MadeOrganisation; procurementId: string; systemId: string; supplierId: string }

/**
 * A tender of each procurement of the matrix, answered to one item; only that of the own organisation was sent to the actor.
 * @returns ids of the bidders by place, and of an answer that the supplier of the own organisation handed in elsewhere
 */
export async function matrixTenders(
  db: Db,
  items: Readonly<Record<string, MatrixPlace>>,
  supplier: Actor,
): Promise<{ bidders: Readonly<Record<string, string>>; earlier: string }> {
  const bidders: Record<string, string> = {}
  for (const [place, { organisation, procurementId: id, systemId, supplierId }] of Object.entries(items)) {
    await sql`update procurement set state = 'tendering' where id = ${id}`.execute(db)
    await sql`insert into tender (procurement_id, system_id, organisation_id, number, title, organisation_ja, organisation_en, sent_at)
      values (${id}, ${systemId}, ${organisation.id}, ${place}, ${place}, '省', 'M', now())`.execute(db)
    await sql`insert into tender_item (id, procurement_id, system_id, organisation_id, sending, item, position, title_ja, title_en,
        requirement, chapter, evidence, verification, sent_at)
      values (${newId()}, ${id}, ${systemId}, ${organisation.id}, 1, 'p-04', 4, '題', 'Title', '要件', '', '[]', '{}', now())`.execute(
      db,
    )
    const made = await matrixBidder(db, items[place]!, supplierId, 'A社', place === 'own' ? [supplier.personId] : [])
    bidders[place] = made.bidder
  }
  const { supplierId } = items['own']!
  await sql`update role_held set supplier_id = ${supplierId} where person_id = ${supplier.personId}`.execute(db)
  const before = await matrixBidder(db, items['child']!, supplierId, 'B社', [])
  return { bidders, earlier: before.handed }
}

async function matrixBidder(db: Db, place: MatrixPlace, supplierId: string, label: string, more: readonly string[]) {
  const { organisation, procurementId: id, systemId } = place
  const [bidder, answerId, handed] = [newId(), newId(), newId()]
  const { personId } = await make.person(db, organisation, 'user')
  const { rows } = await sql<{ id: string }>`select id from tender_item where procurement_id = ${id}`.execute(db)
  const text = rows[0]!.id
  await sql`insert into bidder (id, procurement_id, system_id, organisation_id, supplier_id, label, contact_name, contact_mail, deadline,
      state, handed_in, handed_in_at, invited_at, invited_by, updated_at)
    values (${bidder}, ${id}, ${systemId}, ${organisation.id}, ${supplierId}, ${label}, '担当', 'a@supplier.example', ${inDays(5)},
      'handed-in', 1, now(), now(), ${founder}, now())`.execute(db)
  await sql`insert into bidder_contact (bidder_id, person_id, organisation_id, way, added_at)
    select ${bidder}, p, ${organisation.id}, case when p = ${personId} then 'link' else 'sign-in' end, now()
    from unnest(${[personId, ...more]}::uuid[]) p`.execute(db)
  await sql`insert into bidder_answer (id, bidder_id, procurement_id, organisation_id, supplier_id, item, fulfils, text, tender_item_id,
      updated_at, updated_by)
    values (${answerId}, ${bidder}, ${id}, ${organisation.id}, ${supplierId}, 'p-04', 'yes', 'はい', ${text}, now(), ${founder})`.execute(
    db,
  )
  await sql`insert into handed_answer (id, answer_id, bidder_id, procurement_id, system_id, organisation_id, supplier_id, handing_in, item,
      fulfils, text, tender_item_id, evidence, at)
    values (${handed}, ${answerId}, ${bidder}, ${id}, ${systemId}, ${organisation.id}, ${supplierId}, 1, 'p-04', 'yes', 'はい', ${text}, '{}', now())`.execute(
    db,
  )
  return { bidder, handed }
}
