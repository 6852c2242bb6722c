import { sql } from 'kysely'

import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { NoticeChoices, NoticeChoicesChange } from './api.ts'
import type { NoticesSettings } from './deps.ts'
import { kindOf, kindsFor, type MailChoice } from './kinds.ts'

/** How a person is told, for each kind that can reach them in one of their roles. */
export async function readChoices(
  deps: { readonly db: Db; readonly notices: NoticesSettings },
  actor: Actor,
): Promise<NoticeChoices> {
  const { rows } = await sql<{
    mail: string | null
    language: 'ja' | 'en'
    roles: string[]
    chosen: Record<string, MailChoice>
  }>`
    select p.mail, p.language,
      (select coalesce(array_agg(distinct r.role), '{}') from role_held r where r.person_id = p.id) as roles,
      (select coalesce(jsonb_object_agg(c.kind, c.mail), '{}') from notification_choice c where c.person_id = p.id) as chosen
    from person p where p.id = ${actor.personId}`.execute(deps.db)
  const person = rows[0]
  if (!person) throw new AppError('not-found', { person: actor.personId })
  const { mail, language, roles, chosen } = person
  const { mailSent, digestAt } = deps.notices
  const kinds = kindsFor([...roles, actor.role]).map((kind) => {
    const preset = kindOf(kind).mail
    return { kind, preset, mail: chosen[kind] ?? preset }
  })
  return { mail, language, mailSent, digestAt, kinds }
}

/** A person's own matter: not told to the log. */
export function changeChoices(deps: { readonly tx: RunTx }, actor: Actor, change: NoticeChoicesChange): Promise<void> {
  return deps.tx(actor, async (t) => {
    const rows = Object.entries(change.kinds).map(([kind, mail]) => ({ kind, mail }))
    await sql`insert into notification_choice (person_id, kind, mail)
      select ${actor.personId}::uuid, c.kind, c.mail from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(kind text, mail text)
      on conflict (person_id, kind) do update set mail = excluded.mail`.execute(t.db)
    const { language } = change
    if (language === undefined) return
    // People are changed by who administers them; one's own language one chooses oneself.
    await t.asSystem(async () => {
      await sql`update person set language = ${language} where id = ${actor.personId}`.execute(t.db)
    })
  })
}
