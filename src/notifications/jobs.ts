import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { daily, type DeadJob, does, type Handler, listens } from '#platform/jobs.ts'

import { keepDeadJob, putAgain } from './dead-jobs.ts'
import { deliver, deliveryDied } from './deliver-webhook.ts'
import type { NoticesJobDeps } from './deps.ts'
import { fanOut, putTest } from './fan-out.ts'
import { hears } from './hear.ts'
import { deliverWebhook, mailDigest, mailNotice } from './job-names.ts'
import { gatherDigests, mailDigestTo, mailOne } from './mail-notices.ts'
import { staffAsked } from './tell-staff.ts'
import { tellOf, tellRolesEnding } from './tell.ts'
import { webhookEvents } from './webhook-events.ts'

/**
 * The jobs of this room, and what becomes of jobs of all rooms that fail for good.
 * @param others handlers of the other rooms, so that their failed jobs can be tried again too
 */
export function noticesJobs(
  deps: NoticesJobDeps,
  others: readonly Handler[] = [],
): { readonly handlers: readonly Handler[]; readonly onDead: (t: Db, dead: DeadJob) => Promise<void> } {
  const handlers: Handler[] = [
    listens('notices.tell', [...Object.keys(hears), staffAsked], (event, context) => tellOf(deps, event, context)),
    does(mailNotice, ({ notification }) => mailOne(deps, notification)),
    daily('notices.digest', deps.notices.digestAt, (context) => gatherDigests(deps, context), { expires: 3600 }),
    does(mailDigest, ({ person }) => mailDigestTo(deps, person)),
    daily('notices.roles-ending', '07:00', (context) => tellRolesEnding(deps, context)),
    daily('notices.clear-away', '03:40', () => clearAway(deps)),
    listens(
      'webhooks.fan-out',
      Object.values(webhookEvents).map(({ on }) => on),
      (event, context) => fanOut(deps, event, context),
    ),
    listens('webhooks.test', ['webhooks.test'], (event, context) => putTest(deps, event, context)),
    does(deliverWebhook, ({ delivery }, { signal }) => deliver(deps, delivery, signal)),
    listens('jobs.retry', ['jobs.retried'], (event, context) =>
      putAgain(
        deps,
        [...handlers, ...others].map(({ job }) => job),
        event,
        context,
      ),
    ),
  ]
  return {
    handlers,
    onDead: async (t, dead) => {
      await keepDeadJob(deps, t, dead)
      if (dead.name === deliverWebhook.name) await deliveryDied(deps, t, String(dead.payload['delivery']))
    },
  }
}

/** What was told and has served: events after 90 days, deliveries likewise, read notifications after a year (our presets). */
async function clearAway(deps: NoticesJobDeps): Promise<void> {
  const before = (days: number) => new Date(deps.now().getTime() - days * 86_400_000).toISOString()
  await sql`delete from outbox where done_at < ${before(90)}`.execute(deps.db)
  await sql`delete from webhook_delivery where created_at < ${before(90)}`.execute(deps.db)
  await sql`delete from notification where created_at < ${before(365)} and read_at is not null`.execute(deps.db)
  await sql`delete from dead_job where decided_at < ${before(365)}`.execute(deps.db)
}
