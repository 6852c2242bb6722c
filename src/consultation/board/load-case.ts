import { sql } from 'kysely'

import type { Action } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { evidenceOfItem } from '#evidence/store.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { asSystem } from '#platform/scope.ts'

import type { CaseDeedOpen, CaseDetail, Declared, Difference, Frozen } from './api.ts'
import { differencesBetween } from './difference.ts'
import type { RegisterState } from './dossier.ts'
import { messagesOpen, questionsOf } from './messages.ts'
import { deliberates, type DeclarationType, reads, type Standing, standingAfter, stateAfter } from './model.ts'
import { opinionDraftOf, opinionsOf } from './opinions.ts'

import { loadRegisterState } from './register-state.ts'
import { seatsNow } from './seats.ts'
import { standingOf, tellAttempt, undeclaredOn } from './standing.ts'
import { caseById, draftParts, peopleNamed, placeOf, type StoredCase, unnamed } from './store.ts'
import { missingIn } from './submit-dossier.ts'
import { withOrigins } from './who-changed.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may' | 'library'>
type Inside = NonNullable<CaseDetail['inside']>

/**
 * A case as its page shows it: to each what is open to the standing. A recused member sees that, and the attempt is told to
 * the log.
 * @throws AppError `not-found`
 */
export async function loadCase(deps: Deps, actor: Actor, id: string): Promise<CaseDetail> {
  const { db } = deps
  const seen = await caseById(db, id)
  const standing = await standingOf(db, actor, id)
  if (standing === 'none') throw new AppError('not-found', { case: id })
  if (standing === 'recused')
    await tellAttempt(deps, actor, { caseId: id, organisationId: seen.organisationId, action: 'read-docket' })
  const own = await wordsOn(db, id, actor.personId)
  return {
    ...headOf(seen),
    standing,
    meeting: await meetingOf(db, seen.meetingId),
    declared: await declaredOn(db, seen),
    may: openDeeds(deps, actor, seen, standing),
    own: own.map(wordOf),
    inside: reads(standing) ? await insideOf(deps, actor, seen, standing) : null,
    draft: standing === 'ministry' && seen.state !== 'withdrawn' ? await draftOf(deps, seen) : null,
  }
}

const headOf = (c: StoredCase) => ({
  id: c.id,
  number: c.number,
  title: c.title,
  state: c.state,
  version: c.version,
  organisation: { id: c.organisationId, name: c.organisation, ministry: c.ministry },
  parties: c.parties,
  createdAt: c.createdAt,
  submittedAt: c.submittedAt,
  withdrawnAt: c.withdrawnAt,
  withdrawnBecause: c.withdrawnBecause,
  advisedAt: c.advisedAt,
})

async function meetingOf(db: Db, id: string | null): Promise<CaseDetail['meeting']> {
  if (id === null) return null
  const { rows } = await sql<NonNullable<CaseDetail['meeting']>>`
    select id, number, held_on as "heldOn" from board_meeting where id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** How far declaring has come: names of who is waited for, and nothing of what was declared. */
async function declaredOn(db: Db, seen: StoredCase): Promise<CaseDetail['declared']> {
  if (seen.submittedAt === null) return { seats: 0, said: 0, waitingFor: [], since: null }
  const seats = await seatsNow(db)
  const waiting = new Set(await undeclaredOn(db, seen.id))
  const waitingFor = seats.filter(({ personId }) => waiting.has(personId)).map(({ name }) => name)
  const since = waitingFor.length === 0 ? null : seen.submittedAt
  return { seats: seats.length, said: seats.length - waitingFor.length, waitingFor, since }
}

type Word = {
  readonly personId: string
  readonly at: string
  readonly type: DeclarationType
  readonly words: string
  readonly own: boolean
}

const wordOf = ({ at, type, words, own }: Word) => ({ at, type, words, own })

/** Declarations and decisions that are open to who asks, oldest first. */
async function wordsOn(db: Db, caseId: string, personId?: string): Promise<Word[]> {
  const { rows } = await sql<Word>`select person_id as "personId", at, type, words, actor_id = person_id as own
    from board_declaration where case_id = ${caseId}
      and ${personId === undefined ? sql`true` : sql`person_id = ${personId}::uuid`} order by at, id`.execute(db)
  return rows
}

async function insideOf(deps: Deps, actor: Actor, seen: StoredCase, standing: Standing): Promise<Inside> {
  const { db } = deps
  const dossier = await dossierOf(db, seen.dossierId)
  const versions = await sql<Inside['dossiers'][number]>`select number, at, digest from board_dossier
    where case_id = ${seen.id} order by number desc`.execute(db)
  const system = await asSystem(() =>
    sql<{ number: string }>`select number from ai_system where id = ${seen.systemId}`.execute(db),
  )
  return {
    systemId: seen.systemId,
    systemNumber: system.rows[0]?.number ?? '',
    dossier,
    dossiers: versions.rows,
    differences: dossier === null ? [] : await differencesSince(deps, dossier),
    declarations: standing === 'ministry' ? [] : await declarationsOf(db, seen.id),
    opinions: await opinionsOf(db, seen.id),
    opinionDraft: deliberates(standing) ? await opinionDraftOf(db, seen.id, actor.personId) : null,
    questions: await questionsOf(db, seen.id),
  }
}

/** As it was frozen; the JSON is parsed, the text itself is what was hashed. */
export async function dossierOf(db: Db, id: string | null): Promise<Frozen | null> {
  if (id === null) return null
  const { rows } = await sql<Omit<Frozen, 'content'> & { content: string }>`
    select id, number, at, digest, verdict, axes, fields_of_work as "fieldsOfWork", content
    from board_dossier where id = ${id}`.execute(db)
  const row = rows[0]
  return row ? { ...row, content: JSON.parse(row.content) as Frozen['content'] } : null
}

/**
 * What the register says otherwise than the dossier. Read as the system: of a system that is kept to its unit the Board reads
 * the case, and what became of its facts belongs to the case.
 */
export function differencesSince(
  { db, library }: Pick<Deps, 'db' | 'library'>,
  dossier: Pick<Frozen, 'at'> & { readonly content: { readonly register: RegisterState } },
): Promise<Difference[]> {
  const frozen = dossier.content.register
  return asSystem(async () => {
    const now = await loadRegisterState(db, library, frozen.system.id)
    if (!now) return []
    return withOrigins(db, differencesBetween(frozen, now), { systemId: frozen.system.id, since: dossier.at })
  })
}

async function declarationsOf(db: Db, caseId: string): Promise<Declared[]> {
  const words = await wordsOn(db, caseId)
  const seats = await seatsNow(db)
  const reminded = await sql<{ personId: string; at: string }>`
    select person_id as "personId", at from board_reminder where case_id = ${caseId}`.execute(db)
  const sits = new Set(seats.map(({ personId }) => personId))
  // Who spoke and sits no more stays to be seen.
  const gone = [...new Set(words.map(({ personId }) => personId))].filter((id) => !sits.has(id))
  const names = await peopleNamed(db, gone)
  const members = [
    ...seats.map(({ personId, name, expertise, chair }) => ({ personId, name, expertise, chair })),
    ...gone.map((personId) => ({
      personId,
      name: names.get(personId)?.name ?? unnamed,
      expertise: unnamed,
      chair: false,
    })),
  ]
  return members.map((member) => {
    const said = words.filter(({ personId }) => personId === member.personId)
    return {
      ...member,
      standing: standingAfter(said.map(({ type }) => type)),
      at: said.at(-1)?.at ?? null,
      words: said.at(-1)?.words ?? '',
      remindedAt: reminded.rows.find(({ personId }) => personId === member.personId)?.at ?? null,
      history: said.map(wordOf),
    }
  })
}

async function draftOf(deps: Deps, seen: StoredCase): Promise<CaseDetail['draft']> {
  if (seen.state !== 'preparing') return null
  const register = await loadRegisterState(deps.db, deps.library, seen.systemId)
  if (!register) return null
  const parts = await draftParts(deps.db, seen.id)
  const evidence = (await evidenceOfItem(deps.db, 'board-case', seen.id)).filter((e) => e.withdrawn === null)
  return { parts, register, missing: missingIn(parts, register, evidence.length) }
}

function openDeeds(deps: Deps, actor: Actor, seen: StoredCase, standing: Standing): CaseDetail['may'] {
  const permitted = (action: Action) => {
    try {
      deps.may(actor, action, placeOf(seen))
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-permitted') return false
      throw error
    }
  }
  const [prepares, submits] = [permitted('prepare-dossier'), permitted('submit-dossier')]
  const before = seen.state === 'submitted'
  const steers = permitted('steer-case') && reads(standing)
  const decides = standing === 'chair' || standing === 'secretariat'
  const deeds: Record<CaseDeedOpen, boolean> = {
    prepare: seen.state === 'preparing' && prepares,
    submit: seen.state === 'preparing' && submits,
    withdraw: stateAfter(seen.state, 'withdraw') !== undefined && (seen.submittedAt === null ? prepares : submits),
    resume: seen.state === 'withdrawn' && prepares,
    declare: before && actor.role === 'board' && permitted('declare-interest'),
    recuse: before && steers && decides,
    remind: before && steers,
    schedule: before && permitted('keep-docket'),
    opine: before && deliberates(standing) && permitted('give-opinion'),
    ask: messagesOpen(seen.state) && steers,
    answer: messagesOpen(seen.state) && prepares && seen.submittedAt !== null,
  }
  return deeds
}
