import { sql } from 'kysely'
import { z } from 'zod'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import { kindOf } from './kinds.ts'

/** The event by which the room of user's rules says whom to tell. */
export const staffAsked = 'user-rule.staff-asked'

const payloadSchema = z.object({
  rule: z.uuid(),
  version: z.uuid(),
  organisation: z.uuid(),
  /** Only people of this place and below it. */
  place: z.uuid().nullable(),
  askedNumber: z.int(),
  askedFrom: z.string(),
  day: z.string(),
  dueDays: z.int(),
  /** Only people whose last day is one from `day` to this one. */
  until: z.string().nullable(),
  cause: z.string(),
})

/**
 * Tells everybody who must acknowledge a rule, in one statement however many they are; who was told of the same cause is not
 * told again.
 * @returns ids of what is to be mailed at once
 */
export async function tellStaff(t: Db, event: OutboxRow, at: string): Promise<string[]> {
  const p = payloadSchema.parse(event.payload)
  const kind = 'rule-to-acknowledge'
  const { item, mail } = kindOf(kind)
  const made = await sql<{ id: string }>`
    with asked as (
      select s.person_id, greatest(s.since, ${p.askedFrom}::date) + ${p.dueDays}::int as due
      from staff_of_rule(${p.rule}, ${p.day}::date) s
      where (s.number is null or s.number < ${p.askedNumber})
        and (${p.place}::uuid is null or s.organisation_id in (select o.id from organisation o where o.path @> array[${p.place}::uuid]))
    ), made as (
      insert into notification (id, person_id, organisation_id, kind, item_kind, item_id, params, created_at, mail, cause)
      select gen_random_uuid(), a.person_id, ${p.organisation}::uuid, ${kind}, ${item}, ${p.version}::uuid,
        jsonb_build_object('to', a.due, 'state', (select case when r.system_id is null then 'ministry' else 'system' end
          from user_rule r where r.id = ${p.rule})), ${at}::timestamptz, coalesce(c.mail, ${mail}), ${p.cause}
      from asked a left join notification_choice c on c.person_id = a.person_id and c.kind = ${kind}
      where ${p.until}::date is null or a.due between ${p.day}::date and ${p.until}::date
      on conflict (person_id, kind, cause) do nothing returning id, mail
    ) select id from made where mail = 'at-once'`.execute(t)
  return made.rows.map(({ id }) => id)
}
