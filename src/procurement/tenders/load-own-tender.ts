import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { OwnAnswer, OwnTender, SentTender } from './api.ts'
import { earlierAnswers } from './earlier-answers.ts'
import { closedBecause, type BidderState } from './model.ts'
import { askedNow, type SentItem, sentTexts, textOf } from './sent-texts.ts'
import type { BidderRow } from './store.ts'

type Head = Omit<SentTender, 'closed' | 'outcome'> & { state: BidderState }

const heads = sql<Head>`
  select b.id, t.number, t.title, jsonb_build_object('ja', t.organisation_ja, 'en', t.organisation_en) as organisation,
    b.deadline, b.state, b.handed_in as "handedIn", b.handed_in_at as "handedInAt", n.asked, n.answered, n.unsent
  from bidder b join tender t on t.procurement_id = b.procurement_id
  cross join lateral (
    select count(*)::int as asked, (count(*) filter (where a.fulfils is not null))::int as answered,
      (count(*) filter (where b.handed_in > 0 and (a.updated_at > b.handed_in_at
        or not exists (select 1 from handed_answer h where h.answer_id = a.id and h.handing_in = b.handed_in))))::int as unsent
    from bidder_answer a where a.bidder_id = b.id
      and not (select i.dropped from tender_item i where i.procurement_id = b.procurement_id and i.item = a.item
        order by i.sending desc limit 1)) n`

const sentOf = ({ state, ...head }: Head, at: Date): SentTender => ({
  ...head,
  closed: closedBecause({ state, deadline: head.deadline }, at) ?? null,
  outcome: state === 'awarded' || state === 'ended' ? state : null,
})

/** The tenders that were sent to the person who asks: those still open by their deadline, then the others. */
export async function listOwnTenders(db: Db, at: Date): Promise<SentTender[]> {
  const { rows } =
    await sql<Head>`${heads} order by b.deadline < ${at.toISOString()}::timestamptz, b.deadline, b.id`.execute(db)
  return rows.map((row) => sentOf(row, at))
}

/** One tender as its supplier sees it. The right was asked. */
export async function loadOwnTender(db: Db, actor: Actor, bidder: BidderRow, at: Date): Promise<OwnTender> {
  const head = (await sql<Head>`${heads} where b.id = ${bidder.id}`.execute(db)).rows[0]!
  const { rows } = await sql<{ message: string; sending: number; contact: string; byLink: boolean }>`
    select t.message, t.sending, b.contact_name as contact,
      exists (select 1 from bidder_contact c where c.bidder_id = b.id and c.person_id = ${actor.personId} and c.way = 'link') as "byLink"
    from bidder b join tender t on t.procurement_id = b.procurement_id where b.id = ${bidder.id}`.execute(db)
  const { contact, ...tender } = rows[0]!
  const sent = await sentTexts(db, bidder.procurementId)
  const answers = await answersOf(db, bidder)
  return {
    ...sentOf(head, at),
    ...tender,
    contact: { name: contact },
    items: await ownItems(db, bidder, { sent, answers }),
    dropped: droppedOf(sent, answers),
  }
}

type AnswerRow = Pick<
  OwnAnswer,
  'id' | 'item' | 'fulfils' | 'text' | 'takenFrom' | 'evidence' | 'version' | 'updatedAt'
> & {
  textId: string | null
  changedSinceHandedIn: boolean
}

async function answersOf(db: Db, bidder: BidderRow): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select a.id, a.item, a.fulfils, a.text, a.taken_from as "takenFrom", a.tender_item_id as "textId", a.version,
      a.updated_at as "updatedAt", ${bidder.handedInAt}::timestamptz is not null and a.updated_at > ${bidder.handedInAt}::timestamptz
        as "changedSinceHandedIn",
      (select count(*)::int from evidence e where e.item_kind = 'tender-answer' and e.item_id = a.id and e.withdrawn_at is null) as evidence
    from bidder_answer a where a.bidder_id = ${bidder.id}`.execute(db)
  return rows
}

type Read = { readonly sent: readonly SentItem[]; readonly answers: readonly AnswerRow[] }

async function ownItems(db: Db, bidder: BidderRow, { sent, answers }: Read): Promise<OwnAnswer[]> {
  const byItem = new Map(answers.map((answer) => [answer.item, answer]))
  const texts = new Map(sent.map((text) => [text.id, text]))
  const earlier = await earlierAnswers(db, bidder)
  return askedNow(sent).flatMap((asked) => {
    const answer = byItem.get(asked.item)
    if (!answer) return []
    const { textId, ...rest } = answer
    const answered = textId === null || textId === asked.id ? undefined : texts.get(textId)
    return [
      {
        ...rest,
        position: asked.position,
        asked: textOf(asked),
        sending: asked.sending,
        sentAt: asked.sentAt,
        answeredText: answered ? textOf(answered) : null,
        earlier: earlier.get(asked.item)?.length ?? 0,
      },
    ]
  })
}

function droppedOf(sent: readonly SentItem[], answers: readonly AnswerRow[]): OwnTender['dropped'] {
  const answered = new Set(
    answers.filter(({ fulfils, text }) => fulfils !== null || text !== '').map(({ item }) => item),
  )
  const latest = [...Map.groupBy(sent, ({ item }) => item).values()].map((texts) => texts.at(-1)!)
  return latest.filter(({ dropped, item }) => dropped && answered.has(item)).map(({ item, title }) => ({ item, title }))
}
