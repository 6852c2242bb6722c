import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { gramsOfKey, searchKey } from '#register/search-key.ts'

import type { CollectionKind } from './model.ts'
import { yearlyNumber } from './yearly-number.ts'

/** What is published of an answer or of advice: its own text, which names nobody and leads back to nobody. */
export type ToCollect = {
  readonly kind: CollectionKind
  readonly title: string
  /** What was asked, or what the case was about. */
  readonly question: string
  /** The answer, or the advice with its conditions. */
  readonly answer: string
  /** The edition that `items` belong to. */
  readonly catalog?: { readonly id: string; readonly edition: string } | undefined
  /** Ids of catalog items it concerns, such as `p-06`. */
  readonly items?: readonly string[]
  readonly demo?: boolean
}

const numberKinds = { answer: 'CA', advice: 'CB' } as const satisfies Record<CollectionKind, string>

/**
 * Puts a published answer or published advice into the collection. Whoever calls has asked access and seen to it that the
 * texts name nobody; the database lets the Desk write answers and the secretariat advice. The caller keeps the id.
 */
export async function putIntoCollection(t: Tx, entry: ToCollect): Promise<{ id: string; number: string }> {
  const [id, number] = [t.newId(), await yearlyNumber(t, numberKinds[entry.kind])]
  const key = searchKey([number, entry.title, entry.question, entry.answer].join('\n'))
  await sql`insert into collection_entry (id, kind, number, title, question, answer, catalog, edition, items, published_at,
      published_by, search_key, grams, demo)
    values (${id}, ${entry.kind}, ${number}, ${entry.title}, ${entry.question}, ${entry.answer},
      ${entry.catalog?.id ?? null}, ${entry.catalog?.edition ?? null}, ${[...(entry.items ?? [])]}::text[],
      ${t.at.toISOString()}, ${t.actor.personId}, ${key}, ${gramsOfKey(key)}::int[], ${entry.demo ?? false})`.execute(
    t.db,
  )
  await t.append({
    type: 'collection.published',
    itemKind: 'collection-entry',
    itemId: id,
    detail: { kind: entry.kind },
  })
  return { id, number }
}

/**
 * Takes an entry out of the collection; its number and the reason stay to be seen.
 * @throws AppError `not-found`, `wrong-state` when it is out already
 */
export async function withdrawFromCollection(t: Tx, id: string, because: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update collection_entry set withdrawn_at = ${t.at.toISOString()}, withdrawn_because = ${because}
    where id = ${id} and withdrawn_at is null returning id`.execute(t.db)
  if (!rows[0]) throw new AppError('wrong-state', { entry: id })
  await t.append({ type: 'collection.withdrawn', itemKind: 'collection-entry', itemId: id })
}
