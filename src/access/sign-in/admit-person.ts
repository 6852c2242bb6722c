import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import { claimRoles } from '#access/roles/claim-roles.ts'
import type { Tx } from '#audit/transaction.ts'

import type { Claimed } from './read-claims.ts'
import type { Provider } from './sign-in-config.ts'

export type Vouching = {
  readonly provider: Provider
  readonly issuer: string
  readonly subject: string
  readonly said: Claimed
}
export type AdmitRefusal =
  | 'person-unknown'
  | 'person-disabled'
  | 'identity-taken'
  | 'organisation-unknown'
  | 'organisation-outside'

/** Ends the transaction: nothing of a sign-in that is refused is stored. */
export class SignInRefused extends Error {
  readonly reason: AdmitRefusal
  readonly claim: string | undefined
  readonly personId: string | undefined
  constructor(reason: AdmitRefusal, known: { claim?: string | undefined; personId?: string | undefined } = {}) {
    super(reason)
    this.reason = reason
    this.claim = known.claim
    this.personId = known.personId
  }
}

type Known = { id: string; organisationId: string; disabled: boolean; linked: boolean }

/**
 * The person whom a provider means, made or brought up to date as the configuration says.
 * @returns id of the person
 * @throws SignInRefused
 */
export async function admitPerson(t: Tx, vouching: Vouching, timeZone: string): Promise<string> {
  const { issuer, subject, provider, said } = vouching
  const today = officeDay(t.at, timeZone)
  // Two first sign-ins of one person at the same moment: the second waits and finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 7))`.execute(t.db)
  const unit = await organisationOf(t, vouching, today)
  const known = (await linkedPerson(t, vouching)) ?? (await namedPerson(t, vouching))
  if (known?.disabled) throw new SignInRefused('person-disabled', { personId: known.id })
  if (!known && provider.unknownPerson === 'refuse')
    throw new SignInRefused('person-unknown', { claim: provider.claims.person })
  if (!known && !unit) throw new SignInRefused('organisation-unknown', { claim: provider.claims.organisation?.claim })
  const place = unit ?? (await organisationById(t, known!.organisationId))
  if (!vouchesFor(provider, place.codes))
    throw new SignInRefused('organisation-outside', { claim: provider.claims.organisation?.claim, personId: known?.id })
  const id = known?.id ?? (await addPerson(t, vouching, place.id))
  await link(t, vouching, id)
  if (known && place.id !== known.organisationId) await movePerson(t, id, place.id)
  if (said.roles) await claimRoles(t, { personId: id, provider: provider.id, claimed: said.roles, place, today })
  return id
}

export type Place = { readonly id: string; readonly path: readonly string[]; readonly codes: readonly string[] }

const place = sql`select o.id, o.path, array(select p.code from organisation p where p.id = any(o.path)) as codes from organisation o`

async function organisationById(t: Tx, id: string): Promise<Place> {
  return (await sql<Place>`${place} where o.id = ${id}`.execute(t.db)).rows[0]!
}

async function organisationOf(t: Tx, { provider, said }: Vouching, today: string): Promise<Place | undefined> {
  if (said.organisation === undefined) return undefined
  const { rows } = await sql<Place>`${place} where o.code = ${said.organisation}
    and (o.valid_to is null or o.valid_to >= ${today}::date)`.execute(t.db)
  if (!rows[0]) throw new SignInRefused('organisation-unknown', { claim: provider.claims.organisation?.claim })
  return rows[0]
}

/** A provider that is one ministry's must not vouch for people of another. */
const vouchesFor = ({ organisations }: Provider, codes: readonly string[]) =>
  organisations === undefined || organisations.some((code) => codes.includes(code))

async function linkedPerson(t: Tx, { issuer, subject }: Vouching): Promise<Known | undefined> {
  const { rows } = await sql<Known>`select p.id, p.organisation_id as "organisationId", true as linked,
      p.disabled_at is not null or p.erased_at is not null as disabled
    from person_identity i join person p on p.id = i.person_id where i.issuer = ${issuer} and i.subject = ${subject}`.execute(
    t.db,
  )
  return rows[0]
}

/** By user name, once: whoever has signed in with this issuer before is not handed to another subject of it. */
async function namedPerson(t: Tx, { said, issuer }: Vouching): Promise<Known | undefined> {
  if (said.userName === undefined) return undefined
  const { rows } = await sql<Known>`select p.id, p.organisation_id as "organisationId",
      exists (select 1 from person_identity i where i.person_id = p.id and i.issuer = ${issuer}) as linked,
      p.disabled_at is not null or p.erased_at is not null as disabled
    from person p where lower(p.user_name) = lower(${said.userName}) for update`.execute(t.db)
  if (rows[0]?.linked) throw new SignInRefused('identity-taken', { personId: rows[0].id })
  return rows[0]
}

async function addPerson(t: Tx, { provider, said }: Vouching, organisationId: string): Promise<string> {
  const id = t.newId()
  const at = t.at.toISOString()
  const name = said.name ?? said.userName ?? id.slice(-8)
  const post = said.post ?? ''
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, user_name, local, created_at, created_by)
    values (${id}, ${organisationId}, ${name}, ${name}, ${post}, ${post}, ${said.userName ?? null}, false, ${at}, ${t.actor.personId})`.execute(
    t.db,
  )
  await t.append({
    type: 'person.added',
    itemKind: 'person',
    itemId: id,
    organisationId,
    detail: { provider: provider.id },
  })
  return id
}

async function link(t: Tx, { issuer, subject }: Vouching, personId: string): Promise<void> {
  const at = t.at.toISOString()
  await sql`insert into person_identity (issuer, subject, person_id, created_at, last_sign_in_at)
    values (${issuer}, ${subject}, ${personId}, ${at}, ${at})
    on conflict (issuer, subject) do update set last_sign_in_at = excluded.last_sign_in_at`.execute(t.db)
}

async function movePerson(t: Tx, id: string, organisationId: string): Promise<void> {
  await sql`update person set organisation_id = ${organisationId}, version = version + 1, updated_at = ${t.at.toISOString()}
    where id = ${id}`.execute(t.db)
  await t.append({
    type: 'person.changed',
    itemKind: 'person',
    itemId: id,
    organisationId,
    detail: { fields: ['organisationId'] },
  })
}
