import { sql } from 'kysely'

import { hashOf } from '#access/hash-of.ts'
import { todayOf } from '#access/office-day.ts'
import type { TellRefusal } from '#access/refusals.ts'
import type { Device } from '#access/sessions/device-words.ts'
import { enter, type EnterDeps, type Entered } from '#access/sign-in/enter.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import { asSystem } from '#platform/scope.ts'

type Link = {
  id: string
  bidderId: string
  personId: string
  organisationId: string
  supplierId: string
  revoked: boolean
  expired: boolean
  held: boolean
}
export type LinkRefusal = 'link-unknown' | 'link-revoked' | 'link-expired'

/**
 * Opens a session of the contact for whom the link was made. That person was sent one tender, so the session reaches no
 * other. The link opens until it expires or is revoked; each entry is told to the log.
 * @throws AppError `not-permitted` with `reason`: `link-unknown`, `link-revoked`, `link-expired`
 */
export async function enterByLink(
  deps: EnterDeps & { readonly tellRefusal: TellRefusal },
  given: { readonly token: string; readonly device: Device },
): Promise<Entered & { readonly tender: string }> {
  const found = await asSystem(async () => {
    const link = await linkBy(deps.db, given.token, { now: deps.now(), today: todayOf(deps) })
    if (!link) return 'link-unknown'
    const { personId, organisationId, supplierId } = link
    const holder: Actor = { personId, role: 'supplier', organisationId, supplierId }
    return deps.tx(holder, async (t): Promise<(Entered & { tender: string }) | LinkRefusal> => {
      // Held from here: one that is being revoked opens nothing, and one that opens is revoked afterwards.
      await lockRows(t.db, 'tender_link', [link.id])
      const refusal = refusalOf(await linkBy(t.db, given.token, { now: t.at, today: todayOf(deps) }))
      if (refusal) return refusal
      await sql`update tender_link set last_used_at = ${t.at.toISOString()} where id = ${link.id}`.execute(t.db)
      return { ...(await enter(t, deps.sessionLimits, { holder, device: given.device })), tender: link.bidderId }
    })
  })
  if (typeof found !== 'string') return found
  await deps.tellRefusal('sign-in.refused', 'link', found)
  throw new AppError('not-permitted', { action: 'sign-in', reason: found })
}

async function linkBy(db: Db, token: string, { now, today }: { now: Date; today: string }): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select l.id, l.bidder_id as "bidderId", l.person_id as "personId", b.organisation_id as "organisationId",
      b.supplier_id as "supplierId", l.revoked_at is not null as revoked, l.expires_at <= ${now.toISOString()} as expired,
      exists (select 1 from roles_on(l.person_id, ${today}::date) r where r.role = 'supplier'
        and r.organisation_id = b.organisation_id and r.supplier_id = b.supplier_id) as held
    from tender_link l join bidder b on b.id = l.bidder_id where l.token_hash = ${hashOf(token)}`.execute(db)
  return rows[0]
}

const refusalOf = (link: Link | undefined): LinkRefusal | undefined =>
  link === undefined
    ? 'link-unknown'
    : link.revoked || !link.held
      ? 'link-revoked'
      : link.expired
        ? 'link-expired'
        : undefined
