import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { loadVersion } from '#user-rules/store-read.ts'

import type { MadeOrganisation } from './people.ts'

const founder = '00000000-0000-7000-8000-00000000000f'

export type MadeVersion = { readonly id: string; readonly number: number; readonly digest: string }
type Line = { readonly kind: 'do' | 'dont' | 'always'; readonly ja: string; readonly en: string }

/** A rule without versions. */
export async function putRule(db: Db, organisation: MadeOrganisation, systemId: string | null = null): Promise<string> {
  const id = newId()
  await sql`insert into user_rule (id, organisation_id, system_id, created_at, created_by)
    values (${id}, ${organisation.id}, ${systemId}, now(), ${founder})`.execute(db)
  return id
}

export const sentence = (text: string): Line => ({ kind: 'dont', ja: text, en: `${text} en` })

/** Begins the next version of a rule, with one clause that says the sentences. */
export async function putDraft(
  db: Db,
  ruleId: string,
  lines: readonly Line[] = [sentence('機密の情報を入れない')],
  from = '2999-01-01',
): Promise<string> {
  const id = newId()
  const { rows } = await sql<{ number: number; before: string | null }>`
    select coalesce(max(number), 0) + 1 as number, (select id from rule_version where rule_id = ${ruleId} order by number desc limit 1) as before
    from rule_version where rule_id = ${ruleId}`.execute(db)
  const { number, before } = rows[0]!
  await sql`insert into rule_version (id, rule_id, organisation_id, system_id, number, state, before_id, effective_from, contact,
      created_at, created_by, updated_at)
    select ${id}::uuid, r.id, r.organisation_id, r.system_id, ${number}, 'draft', ${before}::uuid, ${from}::date,
      '{"unit":{"ja":"AI統括責任者室","en":"Office of the CAIO"},"phone":"内線2580","mail":""}', now(), ${founder}::uuid, now()
    from user_rule r where r.id = ${ruleId}`.execute(db)
  const words = { ja: '入力', en: 'Input' }
  await sql`insert into rule_clause (version_id, id, section, position, heading, body, staff, updated_at, updated_by)
    values (${id}, 'u-06', 'input', 1, ${JSON.stringify(words)}::jsonb, ${JSON.stringify(words)}::jsonb,
      ${JSON.stringify(lines)}::jsonb, now(), ${founder})`.execute(db)
  return id
}

type Adopted = { readonly from: string; readonly substance?: boolean; readonly lines?: readonly Line[] }

/** Adopts the next version of a rule. */
export async function putVersion(
  db: Db,
  ruleId: string,
  { from, substance = true, lines }: Adopted,
): Promise<MadeVersion> {
  const id = await putDraft(db, ruleId, lines, from)
  const { digest, number } = await loadVersion(db, id, from)
  await sql`update rule_version set state = 'adopted', adopted_at = now(), adopted_by = ${founder}, digest = ${digest},
    substance = ${substance} where id = ${id}`.execute(db)
  return { id, number, digest }
}
