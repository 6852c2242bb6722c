import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import type { RunTx } from '#audit/transaction.ts'
import { daily, type Handler, listens } from '#platform/jobs.ts'

import type { TenderSettings } from './rules.ts'
import { sendLink, type SendLinkDeps } from './send-link.ts'

export type TenderJobDeps = SendLinkDeps & { readonly tx: RunTx; readonly tenders: TenderSettings }

/** The mail with the link, and the reminder before a deadline. */
export const tenderJobs = (deps: TenderJobDeps): readonly Handler[] => [
  listens('tenders.send-link', ['tenders.link-asked'], (event) => sendLink(deps, event)),
  daily('tenders.remind', '08:00', () => remind(deps)),
]

/** Whoever has not handed in is told once for each deadline. */
export async function remind(deps: Pick<TenderJobDeps, 'tx' | 'tenders'>): Promise<void> {
  await deps.tx(systemActor, async (t) => {
    const until = new Date(t.at.getTime() + deps.tenders.rules.reminderDaysBefore * 86_400_000)
    const { rows } = await sql<{ id: string }>`update bidder set reminded_for = deadline
      where state in ('invited', 'answering') and deadline > ${t.at.toISOString()} and deadline <= ${until.toISOString()}
        and reminded_for is distinct from deadline returning id`.execute(t.db)
    for (const { id } of rows) await t.emit({ type: 'tenders.due', payload: { bidder: id } })
  })
}
