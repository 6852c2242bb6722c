import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'

import { type Tx, txOver } from '#audit/transaction.ts'
import { canonicalJson } from '#catalog/digest.ts'
import { axesOfUses, fieldsOfWorkOf, verdictOfUses } from '#consultation/board/axes.ts'
import { type Dossier, dossierFormat, type RegisterState } from '#consultation/board/dossier.ts'
import { parts } from '#consultation/board/model.ts'
import { loadRegisterState } from '#consultation/board/register-state.ts'
import { partiesOf } from '#consultation/board/submit-dossier.ts'
import { yearlyNumber } from '#consultation/desk/yearly-number.ts'
import type { Editions } from '#finder/editions.ts'
import type { NewId } from '#platform/ids.ts'
import { type Fact, textOf } from '#register/model.ts'

import { idOf } from './ids.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
const said = z.strictObject({ person: z.string(), on: moment, text: z.string() })
const aCase = z.strictObject({
  system: z.string(),
  by: z.string(),
  on: moment,
  meeting: z.int().optional(),
  parts: z.partialRecord(z.enum(parts), z.string()),
  declarations: z.array(
    z.strictObject({
      person: z.string(),
      on: moment,
      type: z.enum(['no-interest', 'interest']),
      words: z.string().default(''),
    }),
  ),
  opinions: z.array(said).default([]),
  drafts: z.array(said).default([]),
  questions: z.array(said.extend({ answers: z.array(said) })).default([]),
  withdrawn: z.strictObject({ on: moment, because: z.string() }).optional(),
})
/** The form of demo/board.yaml. */
export const boardSchema = z.strictObject({
  meetings: z.array(z.strictObject({ number: z.int(), on: z.iso.date(), note: z.string().default('') })),
  seats: z.array(
    z.strictObject({
      person: z.string(),
      expertise: z.strictObject({ ja: z.string(), en: z.string() }),
      chair: z.boolean().default(false),
      from: z.iso.date(),
    }),
  ),
  cases: z.array(aCase),
})
type Case = z.infer<typeof aCase>

const momentOf = (on: string): string => new Date(`${on.replace(' ', 'T')}:00+09:00`).toISOString()
const person = (key: string) => idOf(`person ${key}`)
const meeting = (number: number) => idOf(`board-meeting ${number}`)

/** Puts in meetings, seats and cases with all that was said on them, each at its time. Nobody is told by an event. */
export async function putBoard(t: Tx, deps: { newId: NewId; editions: Editions }, content: Content): Promise<void> {
  const { meetings, seats, cases } = content.board
  const began = meetings.map((m) => ({ ...m, id: meeting(m.number), at: momentOf(`${m.on.slice(0, 4)}-01-15 10:00`) }))
  await sql`insert into board_meeting (id, number, held_on, note, created_at, created_by, demo)
    select r.id, r.number, r."on", r.note, r.at, ${person('aob-secretariat')}::uuid, true
    from jsonb_to_recordset(${JSON.stringify(began)}::jsonb) as r(id uuid, number int, "on" date, note text, at timestamptz)
    on conflict do nothing`.execute(t.db)
  const rows = seats.map((s) => ({ ...s, id: idOf(`board-seat ${s.person}`), who: person(s.person) }))
  await sql`insert into board_seat (id, person_id, expertise_ja, expertise_en, chair, from_date, created_at, created_by)
    select r.id, r.who, r.expertise ->> 'ja', r.expertise ->> 'en', r.chair, r."from", r."from", ${person('aob-secretariat')}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, who uuid, expertise jsonb, chair boolean, "from" date)`.execute(t.db)
  for (const one of cases) await putCase(t, deps, content, one)
}

async function putCase(
  t: Tx,
  { newId, editions }: { newId: NewId; editions: Editions },
  content: Content,
  one: Case,
): Promise<void> {
  const systemId = idOf(`system ${one.system}`)
  const now = await loadRegisterState(t.db, { get: editions.find }, systemId)
  if (!now) throw new Error(`demo/board.yaml: no such system: ${one.system}`)
  const at = momentOf(one.on)
  const register = await asOf(t, now, at)
  const role = content.people.find(({ key }) => key === one.by)!
  const id = idOf(`board-case ${one.system}`)
  const submitted = txOver(t.db, {
    actor: { personId: person(one.by), role: role.roles[0]!, organisationId: idOf(`organisation ${role.for}`) },
    at: new Date(at),
    newId,
  })
  const number = await yearlyNumber(submitted, 'AB')
  const dossier = dossierOf(one, { id, number, at, role: role.roles[0]!, post: role.post, register })
  const dossierId = newId()
  await insertCase(t, one, { id, number, systemId, dossierId, register, at })
  await insertDossier(t, { id, dossierId, dossier, by: one.by, role: role.roles[0]! })
  await submitted.append({
    type: 'board.case-submitted',
    itemKind: 'board-case',
    itemId: id,
    organisationId: register.organisation.id,
    detail: { number, dossier: dossierId, version: 1 },
  })
  await putWords(t, newId, one, { id, organisationId: register.organisation.id })
}

type Change = { readonly useId: string | null; readonly fields: { readonly field: string; readonly from: Fact }[] }

/** The register as it was at a moment: what was changed since is taken back, the latest change first. */
async function asOf(t: Tx, now: RegisterState, at: string): Promise<RegisterState> {
  const { rows } = await sql<Change>`select use_id as "useId", fields from change
    where system_id = ${now.system.id} and at > ${at}::timestamptz order by version desc, at desc`.execute(t.db)
  let [system, uses] = [now.system.facts, now.uses]
  for (const { useId, fields } of rows) {
    const back = Object.fromEntries(fields.map(({ field, from }) => [field, from]))
    const gone = new Set(
      fields.filter(({ from }) => 'absent' in from && from.absent === 'unanswered').map((f) => f.field),
    )
    const without = (facts: typeof system) =>
      Object.fromEntries(Object.entries({ ...facts, ...back }).filter(([field]) => !gone.has(field)))
    if (useId === null) system = without(system)
    else uses = uses.map((use) => (use.id === useId ? { ...use, facts: without(use.facts) } : use))
  }
  return { ...now, system: { ...now.system, facts: system }, uses }
}

type About = {
  readonly id: string
  readonly number: string
  readonly at: string
  readonly role: string
  readonly post: { ja: string; en: string }
  readonly register: RegisterState
}

function dossierOf(one: Case, { id, number, at, role, post, register }: About): Dossier {
  const purposes = register.uses.map(({ facts }) => textOf(facts, 'purpose')).filter((text) => text !== '')
  const texts: Case['parts'] = { content: purposes.join('\n'), ...one.parts }
  return {
    format: dossierFormat,
    case: { id, number, version: 1, title: register.system.name },
    submitted: { at, role, post },
    register,
    parts: parts.map((part) => ({ part, text: texts[part] ?? '', absent: null, because: null })),
    evidence: [],
  }
}

type Row = {
  readonly id: string
  readonly number: string
  readonly systemId: string
  readonly dossierId: string
  readonly register: RegisterState
  readonly at: string
}
async function insertCase(t: Tx, one: Case, row: Row): Promise<void> {
  const withdrawn = one.withdrawn === undefined ? null : momentOf(one.withdrawn.on)
  await sql`insert into board_case (id, number, system_id, organisation_id, title, parties, state, meeting_id, dossier_id,
      dossier_version, version, created_at, created_by, submitted_at, submitted_by, withdrawn_at, withdrawn_because, updated_at, demo)
    values (${row.id}, ${row.number}, ${row.systemId}, ${row.register.organisation.id}, ${row.register.system.name},
      ${JSON.stringify(partiesOf(row.register))}::jsonb, ${withdrawn === null ? 'submitted' : 'withdrawn'},
      ${one.meeting === undefined ? null : meeting(one.meeting)}::uuid, ${row.dossierId}, 1, 2, ${row.at}, ${person(one.by)},
      ${row.at}, ${person(one.by)}, ${withdrawn}::timestamptz, ${one.withdrawn?.because ?? null}, ${withdrawn ?? row.at}, true)`.execute(
    t.db,
  )
  const texts = parts.map((part) => ({ part, text: one.parts[part] ?? '' }))
  await sql`insert into board_part (case_id, organisation_id, part, text, version, updated_at, updated_by)
    select ${row.id}::uuid, ${row.register.organisation.id}::uuid, r.part, r.text, 2, ${row.at}::timestamptz, ${person(one.by)}::uuid
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r(part text, text text)`.execute(t.db)
}

async function insertDossier(
  t: Tx,
  { id, dossierId, dossier, by, role }: { id: string; dossierId: string; dossier: Dossier; by: string; role: string },
): Promise<void> {
  const content = canonicalJson(dossier)
  const digest = createHash('sha256').update(content).digest('hex')
  const { uses, organisation } = dossier.register
  await sql`insert into board_dossier (id, at, case_id, organisation_id, number, content, digest, axes, fields_of_work,
      verdict, actor_id, actor_role, demo)
    values (${dossierId}, ${dossier.submitted.at}, ${id}, ${organisation.id}, 1, ${content}, ${digest},
      ${JSON.stringify(axesOfUses(uses))}::jsonb, ${fieldsOfWorkOf(uses)}::text[], ${verdictOfUses(uses)}, ${person(by)},
      ${role}, true)`.execute(t.db)
}

/** Declarations, opinions, drafts, questions and answers of one case. */
async function putWords(
  { db }: Tx,
  newId: NewId,
  one: Case,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<void> {
  const worded = <W extends { person: string; on: string }>(words: readonly W[]) =>
    words.map((w) => ({ ...w, id: newId(), who: person(w.person), at: momentOf(w.on) }))
  await sql`insert into board_declaration (id, at, type, case_id, organisation_id, person_id, words, actor_id, actor_role, demo)
    select r.id, r.at, r.type, ${id}::uuid, ${organisationId}::uuid, r.who, r.words, r.who, 'board', true
    from jsonb_to_recordset(${JSON.stringify(worded(one.declarations))}::jsonb)
      as r(id uuid, at timestamptz, type text, who uuid, words text)`.execute(db)
  await sql`insert into board_opinion (id, at, case_id, organisation_id, person_id, number, text, actor_id, actor_role, demo)
    select r.id, r.at, ${id}::uuid, ${organisationId}::uuid, r.who, 1, r.text, r.who, 'board', true
    from jsonb_to_recordset(${JSON.stringify(worded(one.opinions))}::jsonb) as r(id uuid, at timestamptz, who uuid, text text)`.execute(
    db,
  )
  await sql`insert into board_opinion_draft (case_id, organisation_id, person_id, text, updated_at)
    select ${id}::uuid, ${organisationId}::uuid, r.who, r.text, r.at
    from jsonb_to_recordset(${JSON.stringify(worded(one.drafts))}::jsonb) as r(at timestamptz, who uuid, text text)`.execute(
    db,
  )
  const questions = worded(one.questions)
  const messages = questions.flatMap((q) => [
    { ...q, type: 'question', of: null, role: 'board' },
    ...worded(q.answers).map((a) => ({ ...a, type: 'answer', of: q.id, role: 'planner' })),
  ])
  await sql`insert into board_message (id, at, type, case_id, organisation_id, question_id, text, actor_id, actor_role, demo)
    select r.id, r.at, r.type, ${id}::uuid, ${organisationId}::uuid, r."of", r.text, r.who, r.role, true
    from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
      as r(id uuid, at timestamptz, type text, "of" uuid, text text, who uuid, role text)`.execute(db)
}
