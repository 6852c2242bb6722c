import { sql } from 'kysely'

import { hashOf } from '#access/hash-of.ts'
import { systemActor } from '#access/nobody.ts'
import { todayOf } from '#access/office-day.ts'
import type { TellRefusal } from '#access/refusals.ts'
import type { Device } from '#access/sessions/device-words.ts'
import { enter, type EnterDeps, type Entered } from '#access/sign-in/enter.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
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
  const found = await asSystem(() =>
    deps.tx(systemActor, async (t): Promise<(Entered & { tender: string }) | LinkRefusal> => {
      const { rows } = await sql<Link>`
        select l.id, l.bidder_id as "bidderId", l.person_id as "personId", b.organisation_id as "organisationId",
          b.supplier_id as "supplierId", l.revoked_at is not null as revoked, l.expires_at <= ${t.at.toISOString()} as expired,
          exists (select 1 from roles_on(l.person_id, ${todayOf(deps)}::date) r where r.role = 'supplier'
            and r.organisation_id = b.organisation_id and r.supplier_id = b.supplier_id) as held
        from tender_link l join bidder b on b.id = l.bidder_id where l.token_hash = ${hashOf(given.token)} for update of l`.execute(
        t.db,
      )
      const link = rows[0]
      const refusal = refusalOf(link)
      if (!link || refusal) return refusal ?? 'link-unknown'
      await sql`update tender_link set last_used_at = ${t.at.toISOString()} where id = ${link.id}`.execute(t.db)
      const { personId, organisationId, supplierId } = link
      const holder: Actor = { personId, role: 'supplier', organisationId, supplierId }
      return deps.tx(holder, async (own) => ({
        ...(await enter(own, deps.sessionLimits, { holder, device: given.device })),
        tender: link.bidderId,
      }))
    }),
  )
  if (typeof found !== 'string') return found
  await deps.tellRefusal('sign-in.refused', 'link', found)
  throw new AppError('not-permitted', { action: 'sign-in', reason: found })
}

const refusalOf = (link: Link | undefined): LinkRefusal | undefined =>
  link === undefined
    ? 'link-unknown'
    : link.revoked || !link.held
      ? 'link-revoked'
      : link.expired
        ? 'link-expired'
        : undefined
