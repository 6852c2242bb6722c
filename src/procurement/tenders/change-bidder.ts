import { sql } from 'kysely'

import { endSessions, type EndSessionsDeps } from '#access/sessions/end-sessions.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import type { MadeLink } from './api.ts'
import { endOf } from './invite-bidder.ts'
import { linkOf, linkPerson, makeLink, revokeLinks } from './links.ts'
import type { LinkWay } from './model.ts'
import { type BidderRow, bidderById, lockProcurement, type Place, tellTender } from './store.ts'

type Deps = Pick<ProcurementDeps, 'tx' | 'may' | 'notices' | 'tenders'>
type Seen = { readonly bidder: BidderRow; readonly place: Place }

async function lockBidder(t: Tx, deps: Pick<Deps, 'may'>, id: string): Promise<Seen> {
  const place = await lockProcurement(t.db, (await bidderById(t.db, id)).procurementId)
  deps.may(t.actor, 'invite-suppliers', place)
  await lockRows(t.db, 'bidder', [id])
  return { bidder: await bidderById(t.db, id), place }
}

/**
 * Sets another deadline (which opens a tender again after it passed or was handed in), withdraws a bidder, or takes it back.
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` (the tender ended), `bad-input`
 *   (`deadline-past`)
 */
export function changeBidder(
  deps: Deps,
  actor: Actor,
  input: { id: string; version: number; deadline?: string | undefined; state?: 'withdrawn' | 'invited' | undefined },
): Promise<{ version: number }> {
  return deps.tx(actor, async (t) => {
    const { bidder, place } = await lockBidder(t, deps, input.id)
    if (bidder.version !== input.version) throw new AppError('changed-meanwhile', { now: bidder.version })
    if (bidder.state === 'awarded' || bidder.state === 'ended')
      throw new AppError('wrong-state', { reason: 'tender-ended' })
    const at = t.at.toISOString()
    if (input.deadline !== undefined) {
      const deadline = new Date(input.deadline)
      if (deadline <= t.at) throw new AppError('bad-input', { reason: 'deadline-past' })
      await sql`update bidder set deadline = ${deadline.toISOString()} where id = ${bidder.id}`.execute(t.db)
      await sql`update tender_link set expires_at = ${endOf(deps, input.deadline).toISOString()}
        where bidder_id = ${bidder.id} and revoked_at is null`.execute(t.db)
      await tellTender(t, place, {
        type: 'deadline-changed',
        bidderId: bidder.id,
        fields: { from: bidder.deadline, to: deadline.toISOString() },
      })
      await t.emit({ type: 'tenders.deadline-changed', payload: { bidder: bidder.id } })
    }
    if (input.state !== undefined) await setState(t, { bidder, place }, input.state)
    await sql`update bidder set version = version + 1, updated_at = ${at} where id = ${bidder.id}`.execute(t.db)
    return { version: bidder.version + 1 }
  })
}

async function setState(t: Tx, { bidder, place }: Seen, state: 'withdrawn' | 'invited'): Promise<void> {
  if (state === 'withdrawn') await revokeLinks(t, bidder.id)
  const back = bidder.handedIn > 0 ? 'handed-in' : 'invited'
  await sql`update bidder set state = ${state === 'withdrawn' ? 'withdrawn' : back} where id = ${bidder.id}`.execute(
    t.db,
  )
  await tellTender(t, place, {
    type: state === 'withdrawn' ? 'bidder-withdrawn' : 'bidder-taken-back',
    bidderId: bidder.id,
    fields: { from: bidder.state },
  })
}

/**
 * A new link, in the place of the one before.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` (`withdrawn`, `tender-ended`), `bad-input` (`no-mail`)
 */
export async function renewLink(
  deps: Deps & EndSessionsDeps,
  actor: Actor,
  input: { id: string; way: LinkWay },
): Promise<MadeLink> {
  if (input.way === 'mail' && !deps.notices.mailSent) throw new AppError('bad-input', { reason: 'no-mail' })
  const made = await deps.tx(actor, async (t) => {
    const { bidder, place } = await lockBidder(t, deps, input.id)
    if (!['invited', 'answering', 'handed-in'].includes(bidder.state))
      throw new AppError('wrong-state', { reason: bidder.state === 'withdrawn' ? 'withdrawn' : 'tender-ended' })
    const personId = await linkPerson(t.db, bidder.id)
    if (personId === undefined) throw new AppError('not-found', { bidder: bidder.id })
    const { organisationId } = place
    const link = await makeLink(t, {
      bidderId: bidder.id,
      personId,
      organisationId,
      way: input.way,
      expiresAt: endOf(deps, bidder.deadline),
    })
    await tellTender(t, place, { type: 'link-renewed', bidderId: bidder.id, fields: { way: input.way } })
    return { ...link, personId }
  })
  await endSessions(deps, actor, { personId: made.personId }, 'administrator')
  return { id: made.id, link: made.token === null ? null : linkOf(deps.notices.address, made.token) }
}

/** The link opens nothing any more, and who came by it is out. @throws AppError `not-found`, `not-permitted` */
export async function revokeLink(deps: Deps & EndSessionsDeps, actor: Actor, id: string): Promise<void> {
  const personId = await deps.tx(actor, async (t) => {
    const { bidder, place } = await lockBidder(t, deps, id)
    if ((await revokeLinks(t, bidder.id)) > 0) await tellTender(t, place, { type: 'link-revoked', bidderId: bidder.id })
    return linkPerson(t.db, bidder.id)
  })
  if (personId !== undefined) await endSessions(deps, actor, { personId }, 'administrator')
}
