import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import { txOver } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { JobFailure } from '#platform/jobs.ts'

import type { NoticesJobDeps, NoticesSettings } from './deps.ts'
import { postWebhook } from './post-webhook.ts'
import type { Reach } from './safe-address.ts'
import { deliveryToSend, tellTry } from './store-webhooks.ts'

export const reachOf = ({ webhookNetworks, evaluation }: NoticesSettings): Reach => ({
  networks: webhookNetworks,
  loopback: evaluation,
})

/**
 * One try of a delivery; what came of it stands in the list of deliveries.
 * @throws JobFailure `webhook-answer` with the status, `webhook-…` with why there was no answer
 */
export async function deliver(deps: NoticesJobDeps, id: string, signal: AbortSignal): Promise<void> {
  const delivery = await deliveryToSend(deps.db, id)
  // Taken away meanwhile, or delivered by a try whose end was not written down.
  if (!delivery || delivery.state === 'delivered') return
  if (delivery.webhookState !== 'active') return withdraw(deps.db, id)
  const at = deps.now()
  const answer = await postWebhook(
    { ...delivery, delivery: id, at: Math.floor(at.getTime() / 1000), signal },
    reachOf(deps.notices),
  )
  const status = 'status' in answer ? answer.status : null
  const delivered = status !== null && status >= 200 && status < 300
  const reason = 'reason' in answer ? answer.reason : delivered ? null : 'status'
  await deps.db.transaction().execute((t) => tellTry(t, id, { at: at.toISOString(), delivered, status, reason }))
  if (delivered) return
  if (status !== null) throw new JobFailure('webhook-answer', { status })
  throw new JobFailure(`webhook-${reason}`)
}

/** Of a webhook that was paused or stopped nothing more is sent; that is no failure of the job. */
async function withdraw(db: Db, id: string): Promise<void> {
  await sql`update webhook_delivery set state = 'failed', reason = 'not-active' where id = ${id}`.execute(db)
}

/** Counts deliveries that failed for good; after too many in a row the webhook is stopped and its administrators are told. */
export async function deliveryDied(
  deps: Pick<NoticesJobDeps, 'now' | 'newId' | 'notices'>,
  t: Db,
  id: string,
): Promise<void> {
  const { rows } = await sql<{ webhook: string; organisationId: string; failures: number; state: string }>`
    with failed as (update webhook_delivery set state = 'failed' where id = ${id} and state <> 'failed' returning webhook_id)
    update webhook w set failures = w.failures + 1 from failed f where w.id = f.webhook_id
    returning w.id as webhook, w.organisation_id as "organisationId", w.failures, w.state`.execute(t)
  const hook = rows[0]
  if (!hook || hook.state !== 'active' || hook.failures < deps.notices.webhookStopAfter) return
  const { webhook, organisationId } = hook
  const at = deps.now()
  await sql`update webhook set state = 'failing', version = version + 1, updated_at = ${at.toISOString()},
      updated_by = ${systemActor.personId} where id = ${webhook}`.execute(t)
  const own = txOver(t, { actor: { ...systemActor, organisationId }, at, newId: deps.newId })
  await own.append({
    type: 'webhook.stopped',
    itemKind: 'webhook',
    itemId: webhook,
    organisationId,
    detail: { failures: hook.failures },
  })
  await own.emit({ type: 'webhooks.stopped', payload: { webhook } })
}
