import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { SheetItem } from '#procurement/sheets/api.ts'

import type { Pending, SentText } from './api.ts'

export type SentItem = SentText & {
  readonly id: string
  readonly item: string
  readonly position: number
  readonly sending: number
  readonly sentAt: string
  readonly dropped: boolean
}

/** Every text of a tender that was ever sent, in the order of the sheet, then of sending. */
export async function sentTexts(db: Db, procurementId: string): Promise<SentItem[]> {
  const { rows } = await sql<SentItem>`select id, item, position, sending, sent_at as "sentAt", dropped,
      jsonb_build_object('ja', title_ja, 'en', title_en) as title, requirement, chapter, evidence, verification
    from tender_item where procurement_id = ${procurementId} order by position, item, sending`.execute(db)
  return rows
}

/** What is asked now: of each item the latest text, without those no longer asked. */
export const askedNow = (sent: readonly SentItem[]): SentItem[] =>
  [...Map.groupBy(sent, ({ item }) => item).values()].map((texts) => texts.at(-1)!).filter(({ dropped }) => !dropped)

export const textOf = ({ title, requirement, chapter, evidence, verification }: SentText): SentText => ({
  title,
  requirement,
  chapter,
  evidence,
  verification,
})

/** What of a sheet a supplier would be asked: items of the procurement check that were included. */
export const askable = (items: readonly SheetItem[]): SheetItem[] =>
  items.filter(({ sheet, included }) => sheet === 'procurement-check' && included === true)

export const asSent = (item: SheetItem): SentText => ({
  title: item.preset.title,
  requirement: item.requirement,
  chapter: item.chapter,
  evidence: item.evidence,
  verification: item.verification,
})

const same = (a: SentText, b: SentText): boolean => JSON.stringify(textOf(a)) === JSON.stringify(textOf(b))

/** How the sheet differs from what was sent last. Empty while nothing was sent. */
export function pendingChanges(items: readonly SheetItem[], sent: readonly SentItem[]): Pending[] {
  if (sent.length === 0) return []
  const before = new Map(askedNow(sent).map((one) => [one.item, one]))
  const now = askable(items)
  const changed = now.flatMap((item): Pending[] => {
    const was = before.get(item.item)
    const to = asSent(item)
    if (was && same(was, to)) return []
    return [{ item: item.item, kind: was ? 'changed' : 'new', from: was ? textOf(was) : null, to }]
  })
  const kept = new Set(now.map(({ item }) => item))
  const dropped = [...before.values()]
    .filter(({ item }) => !kept.has(item))
    .map((was): Pending => ({ item: was.item, kind: 'dropped', from: textOf(was), to: null }))
  return [...changed, ...dropped]
}
