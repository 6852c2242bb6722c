import { sql } from 'kysely'

import { organisationById } from '#access/store.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { refuseTakenName } from './add-person.ts'
import type { PersonChange } from './api.ts'
import { type PeopleDeps, personToChange } from './keep-people.ts'

/**
 * Changes name, post, organisation, address or language. Roles stay as they are: who moves keeps them until they are ended.
 * @param input `version`: the one that was seen
 * @throws AppError `not-found`, `not-permitted` (the person's or the new organisation), `changed-meanwhile`,
 *   `already-exists` (the user name), `wrong-state` (erased)
 */
export function changePerson(
  deps: Pick<PeopleDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { id: string; version: number; change: PersonChange },
): Promise<void> {
  return deps.tx(actor, (t) => changePersonIn(t, deps, input))
}

export async function changePersonIn(
  t: Tx,
  deps: Pick<PeopleDeps, 'may'>,
  { id, version, change }: { id: string; version?: number; change: PersonChange },
): Promise<void> {
  const seen = await personToChange(t, deps, id, version)
  if (change.organisationId !== undefined && change.organisationId !== seen.organisationId) {
    const to = await organisationById(t.db, change.organisationId)
    if (!to) throw new AppError('not-found', { organisation: change.organisationId })
    deps.may(t.actor, 'manage-people', { organisationPath: to.path })
  }
  await refuseTakenName(t, change.userName, id)
  const kept = (given: unknown, column: string) => (given === undefined ? sql.ref(column) : sql`${given}`)
  await sql`update person set organisation_id = ${kept(change.organisationId, 'organisation_id')},
      name_ja = ${kept(change.name?.ja, 'name_ja')}, name_en = ${kept(change.name?.en, 'name_en')},
      post_ja = ${kept(change.post?.ja, 'post_ja')}, post_en = ${kept(change.post?.en, 'post_en')},
      mail = ${kept(change.mail, 'mail')}, language = ${kept(change.language, 'language')},
      user_name = ${kept(change.userName, 'user_name')}, external_id = ${kept(change.externalId, 'external_id')},
      version = version + 1, updated_at = ${t.at.toISOString()} where id = ${id}`.execute(t.db)
  await t.append({
    type: 'person.changed',
    itemKind: 'person',
    itemId: id,
    organisationId: seen.organisationId,
    detail: { fields: Object.keys(change) },
  })
}
