import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { CaseDetail } from '#consultation/board/api.ts'
import type { Database, Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { assessUse } from '#finder/assess-use.ts'
import type { Facts } from '#register/model.ts'
import { appOn } from '#test/app.ts'
import { harmless } from '#test/finder.ts'
import { as, make, type MadeOrganisation } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

export type Ask = Awaited<ReturnType<typeof as>>
export const seen = (version: number) => ({ 'if-match': `"${version}"` })

/** Sits on the Board from long ago on, or until a day. */
export async function seat(
  db: Db,
  personId: string,
  more: { readonly chair?: boolean; readonly to?: string } = {},
): Promise<string> {
  const id = newId()
  await sql`insert into board_seat (id, person_id, expertise_ja, expertise_en, chair, from_date, to_date, created_at, created_by)
    values (${id}, ${personId}, '法律', 'Law', ${more.chair ?? false}, '2020-01-01', ${more.to ?? null}, now(), ${personId})`.execute(
    db,
  )
  return id
}

/** A ministry whose verdict asks for the Board, the secretariat, a chair and three members. */
export async function boardOn(database: Database) {
  const { app, deps } = await appOn(database)
  const { db } = database
  const ministry = await make.organisation(db, 'みどり庁')
  const division = await make.organisation(db, '許可審査課', ministry)
  const house = await make.organisation(db, 'あおば省')
  const actors = {
    planner: await make.person(db, division, 'planner'),
    second: await make.person(db, division, 'planner'),
    caio: await make.person(db, ministry, 'caio'),
    auditor: await make.person(db, ministry, 'auditor'),
    foreign: await make.person(db, house, 'planner'),
    desk: await make.person(db, house, 'desk'),
    secretariat: await make.person(db, house, 'secretariat'),
    chair: await make.person(db, house, 'board'),
    member: await make.person(db, house, 'board'),
    other: await make.person(db, ministry, 'board'),
    unseated: await make.person(db, house, 'board'),
  } satisfies Record<string, Actor>
  await seat(db, actors.chair.personId, { chair: true })
  await seat(db, actors.member.personId)
  await seat(db, actors.other.personId)
  const ask = {} as Record<keyof typeof actors, Ask>
  for (const [name, actor] of Object.entries(actors)) ask[name as keyof typeof actors] = await as(app, actor)
  const putSystem = (facts: Facts = {}, useFacts: Facts = {}, at: MadeOrganisation = division) =>
    systemWith(deps, { ...actors.caio, organisationId: ministry.id }, at, facts, useFacts)
  return { app, deps, db, scoped: database.scoped, ask, actors, ministry, division, house, putSystem }
}
export type Board = Awaited<ReturnType<typeof boardOn>>

const serious: Facts = {
  ...harmless,
  'error-harm': { value: 'serious' },
  'field-of-work': { value: 'examination-support' },
}

async function systemWith(
  deps: Awaited<ReturnType<typeof appOn>>['deps'],
  keeper: Actor,
  at: MadeOrganisation,
  facts: Facts,
  useFacts: Facts,
): Promise<{ systemId: string; useId: string }> {
  const [made] = await store(deps.tx, keeper, [aSystem(at, facts, { ...serious, ...useFacts })])
  const { catalog, edition } = deps.finderInForce()!
  const { systemId, useIds } = made!
  const useId = useIds[0]!
  const { prefilled } = await import('#finder/load-finder.ts').then(({ loadFinder }) => loadFinder(deps, keeper, useId))
  const answers = Object.fromEntries(Object.entries(prefilled).map(([question, { answer }]) => [question, answer]))
  await assessUse(deps, keeper, { useId, answers, catalog, edition })
  return { systemId, useId }
}

/** Prepares a case for a system and writes what a dossier must not lack. */
export async function preparedCase({ ask }: Board, systemId: string): Promise<string> {
  const { id } = (await ask.planner('POST', '/api/v1/board/cases', { systemId })).json<{ id: string }>()
  for (const part of ['mitigation', 'quality', 'supply-chain'])
    await ask.planner('PUT', `/api/v1/board/cases/${id}/parts/${part}`, { text: `${part}の説明` }, seen(1))
  return id
}

export async function submittedCase(board: Board, systemId: string): Promise<string> {
  const id = await preparedCase(board, systemId)
  const answer = await board.ask.caio('POST', `/api/v1/board/cases/${id}/submit`, undefined, seen(1))
  if (!answer.json<{ ok: boolean }>().ok) throw new Error(answer.payload)
  return id
}

export const loadOf = async (ask: Ask, id: string): Promise<CaseDetail> =>
  (await ask('GET', `/api/v1/board/cases/${id}`)).json<CaseDetail>()

export const declare = (ask: Ask, id: string, words?: string) =>
  ask(
    'POST',
    `/api/v1/board/cases/${id}/declarations`,
    words === undefined ? { type: 'no-interest' } : { type: 'interest', words },
  )
