import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { outboxRow } from '#platform/dispatch-outbox.ts'
import type { JobContext, OutboxRow } from '#platform/jobs.ts'

import type { NoticesJobDeps } from './deps.ts'
import { deliverWebhook } from './job-names.ts'
import { insertDelivery } from './store-webhooks.ts'
import { pathOf, type WebhookEvent, webhookEventNames, webhookEvents } from './webhook-events.ts'

type Items = (typeof webhookEvents)[WebhookEvent]['items']

/**
 * Writes one delivery for each webhook that chose the event: with those of its items that lie in the organisation of the
 * webhook or below. The body holds ids and a link, and no text.
 */
export async function fanOut(deps: NoticesJobDeps, eventId: string, context: JobContext): Promise<void> {
  await deps.db.transaction().execute(async (t) => {
    const event = await outboxRow(t, eventId)
    const type = event && webhookEventNames.find((name) => webhookEvents[name].on === event.type)
    if (!event || !type) return
    const hooks = await listening(t, type)
    if (hooks.length === 0) return
    const { items, ids } = webhookEvents[type]
    const placed = await placesOf(t, event, items, [event.payload[ids]].flat().map(String))
    for (const hook of hooks) {
      const own = placed.filter(({ path }) => path.includes(hook.organisationId)).map(({ id }) => id)
      if (own.length === 0) continue
      const id = deps.newId()
      const body = bodyOf(deps.notices.address, { id, type, at: event.at, items, ids: own })
      const made = {
        id,
        webhookId: hook.id,
        organisationId: hook.organisationId,
        eventId,
        type,
        body,
        at: deps.now().toISOString(),
      }
      if (await insertDelivery(t, made)) await context.put(t, deliverWebhook, { delivery: id })
    }
  })
}

/** The delivery is written already, by who asked for it. */
export async function putTest(deps: NoticesJobDeps, eventId: string, context: JobContext): Promise<void> {
  await deps.db.transaction().execute(async (t) => {
    const event = await outboxRow(t, eventId)
    if (event) await context.put(t, deliverWebhook, { delivery: String(event.payload['delivery']) })
  })
}

/** An import of thousands of systems is one delivery; a receiver that wants them all asks the API. */
const mostItems = 100

export function bodyOf(
  address: string,
  said: { id: string; type: string; at: string; items?: Items; ids?: readonly string[] },
): string {
  const { id, type, at, items, ids = [] } = said
  return JSON.stringify({
    id,
    type,
    at,
    items: ids.slice(0, mostItems).map((one) => ({ kind: items, id: one })),
    more: Math.max(0, ids.length - mostItems),
    link: `${address}${items === undefined || ids[0] === undefined ? '/webhooks' : pathOf[items](ids[0])}`,
  })
}

async function listening(t: Db, type: WebhookEvent): Promise<{ id: string; organisationId: string }[]> {
  const { rows } = await sql<{ id: string; organisationId: string }>`
    select id, organisation_id as "organisationId" from webhook where state = 'active' and ${type} = any(events)`.execute(
    t,
  )
  return rows
}

/** Items with the organisations that hold them. Of what is gone the log still knows whose it was. */
async function placesOf(
  t: Db,
  event: OutboxRow,
  items: Items,
  ids: readonly string[],
): Promise<{ id: string; path: string[] }[]> {
  const where = {
    system: sql`coalesce((select s.organisation_id from ai_system s where s.id = i.id),
      (select e.organisation_id from audit_entry e where e.item_id = i.id order by e.at desc limit 1))`,
    use: sql`(select u.organisation_id from ai_use u where u.id = i.id)`,
    import: sql`(select m.organisation_id from import m where m.id = i.id)`,
    organisation: sql`i.id`,
  }[items]
  const { rows } = await sql<{ id: string; path: string[] }>`
    select i.id, o.path from unnest(${[...ids]}::uuid[]) with ordinality as i(id, n)
    join organisation o on o.id = coalesce(${where}, ${event.organisationId}::uuid) order by i.n`.execute(t)
  return rows
}
