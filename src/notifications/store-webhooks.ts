import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Delivery, Webhook } from './api.ts'

export type StoredWebhook = {
  readonly id: string
  readonly organisationId: string
  readonly path: readonly string[]
  readonly url: string
  readonly events: readonly string[]
  readonly state: Webhook['state']
  readonly version: number
}

export async function webhookById(db: Db, id: string, lock = false): Promise<StoredWebhook | undefined> {
  const { rows } = await sql<StoredWebhook>`
    select w.id, w.organisation_id as "organisationId", o.path, w.url, w.events, w.state, w.version
    from webhook w join organisation o on o.id = w.organisation_id where w.id = ${id} ${lock ? sql`for update of w` : sql``}`.execute(
    db,
  )
  return rows[0]
}

/** Those of the organisation and below, by row-level security; the newest first. @param since for the counts */
export async function listWebhooks(db: Db, since: string): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`
    select w.id, jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
      w.url, w.events, w.state, w.failures, w.version, w.created_at as "createdAt",
      coalesce(d.delivered, 0) as delivered, coalesce(d.failed, 0) as failed, coalesce(d.waiting, 0) as waiting
    from webhook w join organisation o on o.id = w.organisation_id
    left join (
      select webhook_id, count(*) filter (where state = 'delivered')::int as delivered,
        count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'waiting')::int as waiting
      from webhook_delivery where created_at > ${since} group by 1
    ) d on d.webhook_id = w.id
    order by w.created_at desc, w.id desc`.execute(db)
  return rows
}

export async function listDeliveries(
  db: Db,
  webhookId: string,
  limit: number,
  before: string | undefined,
): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select id, type, state, tries, status, reason, created_at as "createdAt", last_try_at as "lastTryAt"
    from webhook_delivery where webhook_id = ${webhookId}
      and (${before ?? null}::uuid is null
        or (created_at, id) < (select created_at, id from webhook_delivery where id = ${before ?? null}::uuid))
    order by created_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export type NewDelivery = {
  readonly id: string
  readonly webhookId: string
  readonly organisationId: string
  readonly eventId: string
  readonly type: string
  readonly body: string
  readonly at: string
}

/** @returns whether it is new: an event is delivered once to a webhook */
export async function insertDelivery(db: Db, d: NewDelivery): Promise<boolean> {
  const { rows } = await sql`
    insert into webhook_delivery (id, webhook_id, organisation_id, event_id, type, body, state, created_at)
    values (${d.id}, ${d.webhookId}, ${d.organisationId}, ${d.eventId}, ${d.type}, ${d.body}, 'waiting', ${d.at})
    on conflict (webhook_id, event_id) do nothing returning id`.execute(db)
  return rows.length > 0
}

export type DeliveryToSend = {
  readonly id: string
  readonly webhookId: string
  readonly organisationId: string
  readonly url: string
  readonly webhookState: Webhook['state']
  readonly secret: string
  readonly type: string
  readonly body: string
  readonly state: Delivery['state']
}

export async function deliveryToSend(db: Db, id: string): Promise<DeliveryToSend | undefined> {
  const { rows } = await sql<DeliveryToSend>`
    select d.id, d.webhook_id as "webhookId", d.organisation_id as "organisationId", w.url, w.state as "webhookState",
      s.secret, d.type, d.body, d.state
    from webhook_delivery d join webhook w on w.id = d.webhook_id join webhook_secret s on s.webhook_id = w.id
    where d.id = ${id}`.execute(db)
  return rows[0]
}

/** Writes down one try. */
export async function tellTry(
  db: Db,
  id: string,
  tried: {
    readonly at: string
    readonly delivered: boolean
    readonly status: number | null
    readonly reason: string | null
  },
): Promise<void> {
  const state = tried.delivered ? 'delivered' : 'waiting'
  await sql`update webhook_delivery set tries = tries + 1, status = ${tried.status}, reason = ${tried.reason},
      last_try_at = ${tried.at}, state = ${state} where id = ${id}`.execute(db)
  if (tried.delivered)
    await sql`update webhook set failures = 0 where failures > 0
      and id = (select webhook_id from webhook_delivery where id = ${id})`.execute(db)
}
