import { sql } from 'kysely'

import { todayOf } from '#access/office-day.ts'
import { insertRole } from '#access/roles/store-roles.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import type { z } from 'zod'

import type { invitationSchema, MadeLink } from './api.ts'
import { linkOf, makeLink } from './links.ts'
import { moveTender } from './move-tender.ts'
import { openAnswers, refuseUnready, sendFirst } from './send-items.ts'
import { biddersOf, lockProcurement, type Place, tellTender } from './store.ts'

export type InviteDeps = Pick<ProcurementDeps, 'tx' | 'may' | 'now' | 'timeZone' | 'notices' | 'tenders'>
type Input = z.output<typeof invitationSchema> & { readonly procurementId: string }

const day = 86_400_000

/**
 * Asks a supplier to answer. The first one asked freezes the texts; whoever is asked later gets the texts as they were sent
 * last.
 * @returns id of the bidder, and the link where it is to be handed over
 * @throws AppError `not-found` (procurement, supplier, person), `not-permitted`, `wrong-state` (`nothing-included`,
 *   `requirements-open`, `too-many-bidders`, or a state in which nobody is asked), `bad-input` (`deadline-past`, `no-mail`),
 *   `already-exists` (supplier, label)
 * Source: DS-920 v1.0, section 3, 2 (Procurement Check Sheet); what is told to whom is our preset.
 */
export function inviteBidder(deps: InviteDeps, actor: Actor, input: Input): Promise<MadeLink> {
  return deps.tx(actor, async (t) => {
    const place = await lockProcurement(t.db, input.procurementId)
    deps.may(actor, 'invite-suppliers', place)
    await refuseBadInvitation(deps, t, input)
    const sheet = await loadSheet(t.db, place.id)
    const sent = await sql`select 1 from tender where procurement_id = ${place.id}`.execute(t.db)
    if (sent.rows.length === 0) {
      refuseUnready(sheet)
      await sendFirst(t, place, sheet, input.message ?? '')
    }
    const moved = await moveTender(t, place, sheet, 'tendering')
    const id = await insertBidder(t, moved, input)
    const personId = await addContacts(deps, t, moved, { ...input, bidderId: id })
    await openAnswers(t, moved, [id])
    const { organisationId } = moved
    const made = await makeLink(t, {
      bidderId: id,
      personId,
      organisationId,
      way: input.way,
      expiresAt: endOf(deps, input.deadline),
    })
    await tellTender(t, moved, {
      type: 'bidder-invited',
      bidderId: id,
      fields: {
        supplier: input.supplierId,
        deadline: new Date(input.deadline).toISOString(),
        way: input.way,
        people: input.people.length,
      },
    })
    await t.emit({ type: 'tenders.invited', payload: { bidder: id } })
    return { id, link: made.token === null ? null : linkOf(deps.notices.address, made.token) }
  })
}

/** When the link of a bidder opens nothing any more. */
export const endOf = ({ tenders }: Pick<InviteDeps, 'tenders'>, deadline: string): Date =>
  new Date(Date.parse(deadline) + tenders.rules.linkDaysAfterDeadline * day)

async function refuseBadInvitation(deps: InviteDeps, t: Tx, input: Input): Promise<void> {
  if (Date.parse(input.deadline) <= t.at.getTime()) throw new AppError('bad-input', { reason: 'deadline-past' })
  if (input.way === 'mail' && !deps.notices.mailSent) throw new AppError('bad-input', { reason: 'no-mail' })
  const { rows } = await sql`select 1 from supplier where id = ${input.supplierId}`.execute(t.db)
  if (rows.length === 0) throw new AppError('not-found', { supplier: input.supplierId })
  const others = await biddersOf(t.db, input.procurementId)
  const most = deps.tenders.rules.mostBidders
  if (others.length >= most) throw new AppError('wrong-state', { reason: 'too-many-bidders', most })
  if (others.some(({ supplierId }) => supplierId === input.supplierId))
    throw new AppError('already-exists', { what: 'bidder', field: 'supplierId' })
  if (others.some(({ label }) => label === input.label))
    throw new AppError('already-exists', { what: 'bidder', field: 'label', value: input.label })
}

async function insertBidder(t: Tx, place: Place, input: Input): Promise<string> {
  const id = t.newId()
  const at = t.at.toISOString()
  await sql`insert into bidder (id, procurement_id, system_id, organisation_id, supplier_id, label, contact_name, contact_mail,
      deadline, invited_at, invited_by, updated_at)
    values (${id}, ${place.id}, ${place.systemId}, ${place.organisationId}, ${input.supplierId}, ${input.label},
      ${input.contact.name}, ${input.contact.mail}, ${new Date(input.deadline).toISOString()}, ${at}, ${t.actor.personId}, ${at})`.execute(
    t.db,
  )
  return id
}

/**
 * The contact of the link becomes a person of its own, who was sent this tender and no other: that is what keeps a session
 * opened by the link to it. Contacts who sign in must hold the role for this supplier already.
 * @returns id of the person who comes by link
 */
async function addContacts(
  deps: InviteDeps,
  t: Tx,
  place: Place,
  input: Input & { readonly bidderId: string },
): Promise<string> {
  const people = [...new Set(input.people)]
  const { rows: known } = await sql<{ id: string }>`select distinct h.person_id as id from role_held h
    where h.role = 'supplier' and h.supplier_id = ${input.supplierId} and h.person_id = any(${people}::uuid[])`.execute(
    t.db,
  )
  const stranger = people.find((id) => !known.some((one) => one.id === id))
  if (stranger !== undefined) throw new AppError('not-found', { person: stranger })
  const personId = t.newId()
  const at = t.at.toISOString()
  const { name, mail } = input.contact
  // People are added by who administers them; this one is added by being asked.
  await t.asSystem(async () => {
    await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, mail, language, created_at, created_by, updated_at)
      values (${personId}, ${place.organisationId}, ${name}, ${name}, '', '', ${mail}, ${input.language}, ${at}, ${t.actor.personId}, ${at})`.execute(
      t.db,
    )
    await insertRole(t, {
      personId,
      role: 'supplier',
      organisationId: place.organisationId,
      supplierId: input.supplierId,
      from: todayOf(deps),
      to: null,
      quiet: true,
    })
    const rows = [{ person: personId, way: 'link' }, ...people.map((person) => ({ person, way: 'sign-in' }))]
    await sql`insert into bidder_contact (bidder_id, person_id, organisation_id, way, added_at)
      select ${input.bidderId}::uuid, r.person, ${place.organisationId}::uuid, r.way, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person uuid, way text)`.execute(t.db)
  })
  await t.append({
    type: 'person.added',
    itemKind: 'person',
    itemId: personId,
    organisationId: place.organisationId,
    detail: { organisation: place.organisationId, by: 'tender' },
  })
  return personId
}
