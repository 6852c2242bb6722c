import { sql } from 'kysely'

import { todayOf } from '#access/office-day.ts'
import { rolesFrom, tellRole } from '#access/roles/store-roles.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { forgetPeople } from '#audit/withhold.ts'

import { closeDoors, dayAfter, mayGo, type PeopleDeps, personToChange } from './keep-people.ts'
import { refuseOneself } from './people-rules.ts'

/**
 * Removes what is personal of a person: name, post, address, user name, identities, saved views, and the pseudonym under
 * which the transparency log names its deeds. The id stays, because history and log name it, and says nothing any more.
 * This cannot be undone.
 * @throws AppError `not-found`, `not-permitted` (also oneself), `wrong-state` (erased already, or the last administrator),
 *   `changed-meanwhile`
 */
export function erasePerson(deps: PeopleDeps, actor: Actor, input: { id: string; version: number }): Promise<void> {
  const { id } = input
  return deps.tx(actor, async (t) => {
    refuseOneself(actor, id, 'manage-people')
    const seen = await personToChange(t, deps, id, input.version)
    const yesterday = dayAfter(todayOf(deps), -1)
    if (seen.disabledAt === null) await mayGo(t, id, yesterday)
    await closeDoors(t, id)
    await endEverything(t, id, yesterday)
    const at = t.at.toISOString()
    await sql`update person set name_ja = '', name_en = '', post_ja = '', post_en = '', mail = null, user_name = null,
      external_id = null, local = false, disabled_at = coalesce(disabled_at, ${at}), disabled_by = coalesce(disabled_by, ${actor.personId}),
      erased_at = ${at}, version = version + 1, updated_at = ${at} where id = ${id}`.execute(t.db)
    await t.asSystem(async () => {
      await sql`delete from person_identity where person_id = ${id}`.execute(t.db)
      await sql`delete from saved_view where person_id = ${id}`.execute(t.db)
      await sql`update api_token set name = '' where person_id = ${id}`.execute(t.db)
      await forgetPeople(t.db, [id])
    })
    await t.append({ type: 'person.erased', itemKind: 'person', itemId: id, organisationId: seen.organisationId })
    // What other rooms keep of the person (notices, addresses) goes when they hear of it.
    await t.emit({ type: 'person.erased', payload: { id } })
  })
}

/** Roles for other organisations end too, whoever gave them. */
async function endEverything(t: Tx, id: string, lastDay: string): Promise<void> {
  await t.asSystem(async () => {
    for (const held of await rolesFrom(t.db, id, lastDay)) {
      if (held.from > lastDay) await sql`delete from role_held where id = ${held.id}`.execute(t.db)
      else await sql`update role_held set to_date = ${lastDay} where id = ${held.id}`.execute(t.db)
      if (held.to === null || held.to > lastDay) await tellRole(t, 'ended', { ...held, to: lastDay })
    }
    await sql`delete from deputy where person_id = ${id} or role_held_id in (select id from role_held where person_id = ${id})`.execute(
      t.db,
    )
  })
}
