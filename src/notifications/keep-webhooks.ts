import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'

import { organisationById } from '#access/store.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { NewWebhook, WebhookChange } from './api.ts'
import { checkWebhookUrl } from './check-webhook-url.ts'
import { reachOf } from './deliver-webhook.ts'
import type { NoticesDeps } from './deps.ts'
import { bodyOf } from './fan-out.ts'
import { insertDelivery, type StoredWebhook, webhookById } from './store-webhooks.ts'
import { testEvent } from './webhook-events.ts'

type Deps = Pick<NoticesDeps, 'tx' | 'may' | 'notices' | 'newId'>
type Made = { readonly id: string; /** Shown this once. */ readonly secret: string }

/** 256 bits, as long as the hash that they key (RFC 2104 §3). */
const newSecret = () => `whsec_${randomBytes(32).toString('base64url')}`

/**
 * Makes a webhook for an organisation and what lies below it.
 * @throws AppError `not-found` (the organisation), `not-permitted`, `bad-input` with reason `webhook-url`
 */
export function addWebhook(deps: Deps, actor: Actor, input: NewWebhook): Promise<Made> {
  return deps.tx(actor, async (t) => {
    const organisation = await organisationById(t.db, input.organisationId ?? actor.organisationId)
    if (!organisation) throw new AppError('not-found', { organisation: input.organisationId })
    deps.may(actor, 'manage-webhooks', { organisationPath: organisation.path })
    const url = checkWebhookUrl(input.url, reachOf(deps.notices))
    const [id, secret, at, events] = [t.newId(), newSecret(), t.at.toISOString(), [...new Set(input.events)]]
    await sql`insert into webhook (id, organisation_id, url, events, state, created_at, created_by, updated_at, updated_by)
      values (${id}, ${organisation.id}, ${url}, ${events}, 'active', ${at}, ${actor.personId}, ${at}, ${actor.personId})`.execute(
      t.db,
    )
    await t.asSystem(async () => {
      await sql`insert into webhook_secret (webhook_id, secret) values (${id}, ${secret})`.execute(t.db)
    })
    await tell(t, 'added', { id, organisationId: organisation.id }, { events })
    return { id, secret }
  })
}

/** @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `bad-input` with reason `webhook-url` */
export function changeWebhook(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly version: number; readonly change: WebhookChange },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const hook = await loadOwn(t, deps, input.id)
    if (hook.version !== input.version) throw new AppError('changed-meanwhile', { now: hook.version })
    const { change } = input
    const url = change.url === undefined ? hook.url : checkWebhookUrl(change.url, reachOf(deps.notices))
    const events = change.events === undefined ? hook.events : [...new Set(change.events)]
    const state = change.state ?? hook.state
    // Switched on again it begins with a clean sheet.
    const anew = state === 'active' && hook.state !== 'active'
    await sql`update webhook set url = ${url}, events = ${[...events]}, state = ${state}, version = version + 1,
        failures = case when ${anew} then 0 else failures end, updated_at = ${t.at.toISOString()}, updated_by = ${actor.personId}
      where id = ${hook.id}`.execute(t.db)
    await tell(t, 'changed', hook, { events, state, url: url !== hook.url })
  })
}

/** Takes it away with its deliveries. @throws AppError `not-found`, `not-permitted` */
export function removeWebhook(deps: Deps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, async (t) => {
    const hook = await loadOwn(t, deps, id)
    await sql`delete from webhook where id = ${id}`.execute(t.db)
    await tell(t, 'removed', hook, {})
  })
}

/** Gives a new secret; the old one signs nothing from now on. @throws AppError `not-found`, `not-permitted` */
export function renewWebhookSecret(deps: Deps, actor: Actor, id: string): Promise<Made> {
  return deps.tx(actor, async (t) => {
    const hook = await loadOwn(t, deps, id)
    const secret = newSecret()
    await t.asSystem(async () => {
      await sql`update webhook_secret set secret = ${secret} where webhook_id = ${id}`.execute(t.db)
    })
    await tell(t, 'secret-renewed', hook, {})
    return { id, secret }
  })
}

/** Sends a delivery without items, to see whether the receiver works. @throws AppError as above, `wrong-state` unless active */
export function testWebhook(deps: Deps, actor: Actor, id: string): Promise<{ delivery: string }> {
  return deps.tx(actor, async (t) => {
    const hook = await loadOwn(t, deps, id)
    if (hook.state !== 'active') throw new AppError('wrong-state', { reason: 'webhook-not-active', state: hook.state })
    const [delivery, at] = [t.newId(), t.at.toISOString()]
    const body = bodyOf(deps.notices.address, { id: delivery, type: testEvent, at })
    const { organisationId } = hook
    await insertDelivery(t.db, {
      id: delivery,
      webhookId: id,
      organisationId,
      eventId: delivery,
      type: testEvent,
      body,
      at,
    })
    await t.emit({ type: 'webhooks.test', payload: { delivery } })
    await tell(t, 'tested', hook, {})
    return { delivery }
  })
}

async function loadOwn(t: Tx, deps: Pick<Deps, 'may'>, id: string): Promise<StoredWebhook> {
  const hook = await webhookById(t.db, id, true)
  if (!hook) throw new AppError('not-found', { webhook: id })
  deps.may(t.actor, 'manage-webhooks', { organisationPath: hook.path })
  return hook
}

/** The log is told what was done, never the address: it may hold a key of the receiver. */
const tell = (t: Tx, deed: string, hook: { id: string; organisationId: string }, detail: Record<string, unknown>) =>
  t.append({
    type: `webhook.${deed}`,
    itemKind: 'webhook',
    itemId: hook.id,
    organisationId: hook.organisationId,
    detail,
  })
