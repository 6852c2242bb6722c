import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

export type Review = {
  readonly personId: string
  readonly name: Name
  readonly post: Name
  readonly namedAt: string
  readonly finding: 'confirmed' | 'sent-back' | null
  readonly remark: string | null
  readonly foundAt: string | null
}

/** Who was named to look at a version, in the order of their posts. */
export async function reviewsOf(db: Db, versionId: string, hold = false): Promise<Review[]> {
  if (hold)
    await sql`select 1 from rule_review where version_id = ${versionId} order by person_id for update`.execute(db)
  const { rows } = await sql<Review>`
    select r.person_id as "personId", jsonb_build_object('ja', p.name_ja, 'en', p.name_en) as name,
      jsonb_build_object('ja', p.post_ja, 'en', p.post_en) as post, r.named_at as "namedAt", r.finding, r.remark,
      r.found_at as "foundAt"
    from rule_review r join person p on p.id = r.person_id where r.version_id = ${versionId}
    order by p.post_ja, r.person_id`.execute(db)
  return rows
}

/** Roles whose holders are asked to look at a rule (policies/user-rules.cedar, `rules-are-reviewed`). */
const reviewing = ['caio', 'caio-office', 'planner', 'provider']

/** Who of the ministry may be named today. */
export async function possibleReviewers(
  db: Db,
  ministryId: string,
  today: string,
): Promise<{ id: string; name: Name; post: Name }[]> {
  const { rows } = await sql<{ id: string; name: Name; post: Name }>`
    select p.id, jsonb_build_object('ja', p.name_ja, 'en', p.name_en) as name,
      jsonb_build_object('ja', p.post_ja, 'en', p.post_en) as post
    from person p
    where p.disabled_at is null and p.erased_at is null and exists (select 1 from role_held h
      join organisation o on o.id = h.organisation_id
      where h.person_id = p.id and h.role = any(${reviewing}::text[]) and o.path[1] = ${ministryId}
        and h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date))
    order by p.post_ja, p.id`.execute(db)
  return rows
}

export async function nameReviewers(
  db: Db,
  input: { versionId: string; organisationId: string; people: readonly string[]; at: Date },
): Promise<void> {
  await sql`delete from rule_review where version_id = ${input.versionId}`.execute(db)
  await sql`insert into rule_review (version_id, person_id, organisation_id, named_at)
    select ${input.versionId}::uuid, p, ${input.organisationId}::uuid, ${input.at.toISOString()}::timestamptz
    from unnest(${[...input.people]}::uuid[]) p`.execute(db)
}

export async function saveFinding(
  db: Db,
  input: { versionId: string; personId: string; finding: 'confirmed' | 'sent-back'; remark: string | null; at: Date },
): Promise<void> {
  await sql`update rule_review set finding = ${input.finding}, remark = ${input.remark}, found_at = ${input.at.toISOString()}
    where version_id = ${input.versionId} and person_id = ${input.personId}`.execute(db)
}
