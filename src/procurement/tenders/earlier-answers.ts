import { sql } from 'kysely'
import type { z } from 'zod'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import type { EarlierAnswer, takeEarlierSchema } from './api.ts'
import { openTender } from './open-tender.ts'
import { writeAnswer } from './save-answer.ts'
import { askedNow, sentTexts } from './sent-texts.ts'
import type { BidderRow } from './store.ts'

type Row = Omit<EarlierAnswer, 'sameRequirement'> & { item: string }

/** So many are offered for an item, the latest first. */
const offered = 5

/**
 * What the supplier handed in before to the same items: of every tender sent to the person, and of those of this ministry.
 * Row-level security shows no other (migrations/0023_tenders.sql).
 */
export async function earlierAnswers(db: Db, tender: BidderRow): Promise<Map<string, EarlierAnswer[]>> {
  const asked = askedNow(await sentTexts(db, tender.procurementId))
  const { rows } = await sql<Row>`
    select id, item, fulfils, text, at, requirement from (
      select h.id, h.item, h.fulfils, h.text, h.at, coalesce(i.requirement, '') as requirement,
        row_number() over (partition by h.item order by h.at desc, h.id desc) as n
      from handed_answer h left join tender_item i on i.id = h.tender_item_id
      where h.supplier_id = ${tender.supplierId} and h.bidder_id <> ${tender.id} and h.fulfils is not null
        and h.item = any(${asked.map(({ item }) => item)}::text[])
        and h.handing_in = (select max(x.handing_in) from handed_answer x where x.answer_id = h.answer_id)) latest
    where n <= ${offered} order by item, at desc`.execute(db)
  const wanted = new Map(asked.map(({ item, requirement }) => [item, requirement]))
  const answers = rows.map(({ item, ...row }) => ({
    item,
    ...row,
    sameRequirement: row.requirement === wanted.get(item),
  }))
  return new Map(
    [...Map.groupBy(answers, ({ item }) => item)].map(([item, list]) => [
      item,
      list.map(({ item: _item, ...one }) => one),
    ]),
  )
}

/**
 * Takes earlier answers over as drafts, each marked with where it comes from. All or none.
 * @throws AppError `not-found` (tender, item, an answer that is not the supplier's own), `not-permitted`,
 *   `changed-meanwhile`, `wrong-state`
 */
export function takeEarlier(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: z.output<typeof takeEarlierSchema> & { readonly tender: string },
): Promise<{ taken: number }> {
  return deps.tx(actor, async (t) => {
    const tender = await openTender(t, deps.may, input.tender)
    const earlier = await earlierAnswers(t.db, tender)
    for (const { item, answer, version } of input.take) {
      const from = earlier.get(item)?.find(({ id }) => id === answer)
      if (!from) throw new AppError('not-found', { answer, item })
      const { fulfils, text, at } = from
      await writeAnswer(t, tender, { item, version, fulfils, text, takenFrom: { kind: 'earlier', answer, at } })
    }
    return { taken: input.take.length }
  })
}
