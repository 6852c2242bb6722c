import { sql } from 'kysely'

import { organisationById } from '#access/store.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { NewPerson } from './api.ts'
import type { PeopleDeps } from './keep-people.ts'

/**
 * Adds a person to an organisation. Without a role nobody can sign in with it yet.
 * @throws AppError `not-permitted`, `not-found` (the organisation), `already-exists` (the user name)
 */
export function addPerson(
  deps: Pick<PeopleDeps, 'tx' | 'may'>,
  actor: Actor,
  input: NewPerson,
): Promise<{ id: string }> {
  return deps.tx(actor, (t) => addPersonIn(t, deps, input))
}

/** The same inside a transaction that holds several deeds. */
export async function addPersonIn(t: Tx, deps: Pick<PeopleDeps, 'may'>, input: NewPerson): Promise<{ id: string }> {
  const organisation = await organisationById(t.db, input.organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: input.organisationId })
  deps.may(t.actor, 'manage-people', { organisationPath: organisation.path })
  await refuseTakenName(t, input.userName)
  const id = t.newId()
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, mail, language, user_name,
      external_id, created_at, created_by, updated_at)
    values (${id}, ${organisation.id}, ${input.name.ja}, ${input.name.en}, ${input.post.ja}, ${input.post.en},
      ${input.mail ?? null}, ${input.language}, ${input.userName ?? null}, ${input.externalId ?? null},
      ${t.at.toISOString()}, ${t.actor.personId}, ${t.at.toISOString()})`.execute(t.db)
  await t.append({
    type: 'person.added',
    itemKind: 'person',
    itemId: id,
    organisationId: organisation.id,
    detail: { organisation: organisation.id },
  })
  return { id }
}

/** User names are one per house, whatever their case; the one who has it may be out of sight. */
export async function refuseTakenName(t: Tx, userName: string | null | undefined, except?: string): Promise<void> {
  if (userName === undefined || userName === null) return
  const taken = await t.asSystem(async () => {
    const { rows } = await sql<{ there: boolean }>`select exists (select 1 from person
      where lower(user_name) = lower(${userName}) and id is distinct from ${except ?? null}::uuid) as there`.execute(
      t.db,
    )
    return rows[0]!.there
  })
  if (taken) throw new AppError('already-exists', { field: 'userName', value: userName })
}
