import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'

import { putDraft, putRule, putVersion } from './acknowledgements.ts'
import type { MadeOrganisation } from './people.ts'

const founder = '00000000-0000-7000-8000-00000000000f'
const words = JSON.stringify({ ja: 'どうしますか。', en: 'What do you do?' })

/** The rule of a place: version 1 in force with a check question, version 2 a draft. A place has one rule, asked twice or not. */
export async function ruleItems(db: Db, organisation: MadeOrganisation) {
  const { rows } = await sql<{
    ruleId: string
    ruleVersionId: string
    draftVersionId: string
    checkQuestionId: string
    ruleDigest: string
  }>`
    select r.id as "ruleId", v.id as "ruleVersionId", d.id as "draftVersionId", q.id as "checkQuestionId", v.digest as "ruleDigest"
    from user_rule r join rule_version v on v.rule_id = r.id and v.state = 'adopted' join rule_version d on d.rule_id = r.id and d.state = 'draft'
      join check_question q on q.version_id = v.id
    where r.organisation_id = ${organisation.id} and r.system_id is null`.execute(db)
  if (rows[0]) return rows[0]
  const ruleId = await putRule(db, organisation)
  const { id: ruleVersionId, digest: ruleDigest } = await putVersion(db, ruleId, { from: '2026-01-01' })
  const draftVersionId = await putDraft(db, ruleId)
  const checkQuestionId = newId()
  await sql`insert into check_question (id, rule_id, version_id, organisation_id, position, question, choices, answer, explanation,
      clause, updated_at, updated_by)
    values (${checkQuestionId}, ${ruleId}, ${ruleVersionId}, ${organisation.id}, 0, ${words}::jsonb, ${`[${words}, ${words}]`}::jsonb,
      1, ${words}::jsonb, 'u-06', now(), ${founder})`.execute(db)
  return { ruleId, ruleVersionId, draftVersionId, checkQuestionId, ruleDigest }
}

/** The rule of a system of a place: version 1 is under review. */
export async function systemRuleItems(db: Db, organisation: MadeOrganisation, systemId: string) {
  const systemRuleId = await putRule(db, organisation, systemId)
  const reviewedVersionId = await putDraft(db, systemRuleId)
  await sql`update rule_version set state = 'review', review_began_at = now() where id = ${reviewedVersionId}`.execute(
    db,
  )
  return { systemRuleId, reviewedVersionId }
}

/** Everybody of the ministry is named to look at it: then only the right of the role decides. */
export async function nameReviewers(
  db: Db,
  versionIds: readonly string[],
  personIds: readonly string[],
): Promise<void> {
  await sql`insert into rule_review (version_id, person_id, organisation_id, named_at)
    select v.id, p, v.organisation_id, now() from rule_version v, unnest(${[...personIds]}::uuid[]) p
    where v.id = any(${[...versionIds]}::uuid[])`.execute(db)
}
