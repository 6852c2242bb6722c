import { sql } from 'kysely'
import { z } from 'zod'

import { type Tx, txOver } from '#audit/transaction.ts'
import type { NewId } from '#platform/ids.ts'

import { idOf } from './ids.ts'
import type { Person } from './model-content.ts'
import type { Content } from './read-content.ts'

const words = z.strictObject({ ja: z.string(), en: z.string() })
const question = z.strictObject({
  question: words,
  choices: z.array(words),
  answer: z.int(),
  explanation: words,
  clause: z.string(),
  first: z.array(z.int()),
})
/** The form of demo/acknowledgements.yaml. */
export const acknowledgementsSchema = z.strictObject({
  staff: z.array(
    z.strictObject({ at: z.string(), for: z.string(), names: z.array(z.tuple([z.string(), z.string()])) }),
  ),
  post: words,
  acknowledged: z.array(
    z.strictObject({
      rule: z.string(),
      number: z.int(),
      on: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
      people: z.array(z.string()),
    }),
  ),
  questions: z.array(z.strictObject({ rule: z.string(), number: z.int(), questions: z.array(question) })),
})
type Acknowledgements = z.infer<typeof acknowledgementsSchema>

/** Staff of a unit are called by it and their place in the list: `aob-kyufu-1`. */
export const staffOf = ({ staff, post }: Acknowledgements): Person[] =>
  staff.flatMap(({ at, for: place, names }) =>
    names.map(([ja, en], n): Person => {
      return { key: `${at}-${n + 1}`, at, for: place, roles: ['user'], name: { ja, en }, post, local: false }
    }),
  )

const versionId = (rule: string, number: number) => idOf(`user-rule ${rule} ${number}`)

/** Puts in who acknowledged what, each at its time, and the check questions with their counts. */
export async function putAcknowledgements(t: Tx, newId: NewId, { acknowledgements, people }: Content): Promise<void> {
  await putQuestions(t, newId, acknowledgements)
  for (const group of acknowledgements.acknowledged) {
    const rows = group.people.map((key) => ({ id: newId(), person: personOf(people, key) }))
    await putGroup(t, newId, group, rows)
  }
}

function personOf(people: readonly Person[], key: string) {
  const person = people.find((one) => one.key === key)
  if (!person) throw new Error(`demo/acknowledgements.yaml: no such person: ${key}`)
  return { id: idOf(`person ${key}`), role: person.roles[0]!, for: idOf(`organisation ${person.for}`) }
}

type Row = { readonly id: string; readonly person: ReturnType<typeof personOf> }
async function putGroup(
  { db }: Tx,
  newId: NewId,
  { rule, number, on }: Acknowledgements['acknowledged'][number],
  rows: readonly Row[],
): Promise<void> {
  const version = versionId(rule, number)
  // One after the other, some minutes apart, as people read.
  const moment = (n: number) => new Date(Date.parse(`${on.replace(' ', 'T')}:00+09:00`) + n * 7 * 60_000)
  const records = rows.map(({ id, person }, n) => ({ id, person: person.id, role: person.role, at: moment(n) }))
  await sql`insert into acknowledgement (id, at, person_id, organisation_id, rule_id, version_id, number, digest, questions, actor_role)
    select r.id, r.at, p.id, p.organisation_id, v.rule_id, v.id, v.number, v.digest,
      (select count(*) from check_question q where q.version_id = v.id), r.role
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(id uuid, person uuid, role text, at timestamptz)
      join person p on p.id = r.person join rule_version v on v.id = ${version}`.execute(db)
  await sql`insert into acknowledged (rule_id, person_id, organisation_id, version_id, number, at)
    select rule_id, person_id, organisation_id, version_id, number, at from acknowledgement where version_id = ${version}
    on conflict (rule_id, person_id) do update set version_id = excluded.version_id, number = excluded.number, at = excluded.at`.execute(
    db,
  )
  await sql`insert into check_answered (person_id, question_id)
    select k.person_id, q.id from acknowledgement k join check_question q on q.version_id = k.version_id
    where k.version_id = ${version}`.execute(db)
  for (const [n, { person }] of rows.entries()) {
    const actor = { personId: person.id, role: person.role, organisationId: person.for }
    await txOver(db, { actor, at: moment(n), newId }).append({
      type: 'rule.acknowledged',
      itemKind: 'rule-version',
      itemId: version,
      organisationId: idOf(`organisation ${rule}`),
      detail: { number },
    })
  }
}

async function putQuestions({ db }: Tx, newId: NewId, { questions }: Acknowledgements): Promise<void> {
  const rows = questions.flatMap(({ rule, number, questions: all }) =>
    all.map((one, position) => ({ ...one, id: newId(), version: versionId(rule, number), position })),
  )
  await sql`insert into check_question (id, rule_id, version_id, organisation_id, position, question, choices, answer,
      explanation, clause, updated_at, updated_by)
    select r.id, v.rule_id, v.id, v.organisation_id, r.position, r.question, r.choices, r.answer, r.explanation, r.clause,
      v.created_at, v.created_by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, version uuid, position int, question jsonb,
      choices jsonb, answer int, explanation jsonb, clause text) join rule_version v on v.id = r.version`.execute(db)
  const counts = rows.flatMap(({ id, first }) => first.map((n, choice) => ({ question: id, choice, n })))
  await sql`insert into check_count (question_id, choice, n)
    select r.question, r.choice, r.n from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
      as r(question uuid, choice int, n int)`.execute(db)
}
