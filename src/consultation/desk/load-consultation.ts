import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import * as z from 'zod'

import type { Consultation, ConsultationList, consultationQuery } from './api.ts'
import type { DeskRules } from './desk-rules.ts'
import { states } from './model.ts'
import { consultationById, type Stored } from './store.ts'
import { countByState, listConsultations, loadAround, loadSystemAsked, loadThread } from './store-desk.ts'
import { type Deed, deeds, type Side, sideOf, step } from './workflow.ts'

export type ReadDeps = { readonly db: Db; readonly may: May; readonly now: Now; readonly deskRules: DeskRules }

const pageSize = 50
const cursorSchema = z.tuple([z.string(), z.uuid()])

/** Questions that reached the desk, or those of one's own ministry. @throws AppError `bad-input`, `not-permitted` */
export async function listQuestions(
  deps: ReadDeps,
  actor: Actor,
  query: z.infer<typeof consultationQuery>,
): Promise<ConsultationList> {
  deps.may(actor, 'read-consultations')
  const wanted = query.state.split(',')
  const rows = await listConsultations(deps.db, {
    states: states.filter((state) => wanted.includes(state)),
    holder: query.mine === 'yes' ? actor.personId : undefined,
    unread: query.unread === 'yes',
    system: query.system,
    after: query.cursor === undefined ? undefined : placeOf(query.cursor),
    limit: pageSize + 1,
    today: todayInTokyo(deps.now()),
  })
  const items = rows.slice(0, pageSize)
  const last = items.at(-1)
  return {
    items: items.map(({ key: _key, ...row }) => row),
    next: rows.length > pageSize && last ? cursorOf([last.key, last.id]) : null,
    counts: await countByState(deps.db),
  }
}

export const cursorOf = (place: readonly [string, string]) => Buffer.from(JSON.stringify(place)).toString('base64url')

/** @throws AppError `bad-input` */
export function placeOf(cursor: string): { key: string; id: string } {
  try {
    const [key, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { key, id }
  } catch (error) {
    throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] }, error)
  }
}

/** One question with its thread, and what may be done with it now. @throws AppError `not-found`, `not-permitted` */
export async function loadConsultation(deps: ReadDeps, actor: Actor, id: string): Promise<Consultation> {
  deps.may(actor, 'read-consultations')
  const stored = await consultationById(deps.db, id)
  if (!stored) throw new AppError('not-found', { consultation: id })
  const { entryNumber, ...around } = await loadAround(deps.db, id)
  const system = stored.systemId === null ? null : await loadSystemAsked(deps.db, stored.systemId)
  const side = sideOfActor(deps, actor, stored)
  const { answer } = deps.deskRules
  const { state, deadline } = stored
  const {
    organisationPath: _path,
    systemId: _system,
    holderId,
    entryId,
    askedBy: _askedBy,
    updatedAt: _at,
    ...plain
  } = stored
  return {
    ...plain,
    ...around,
    system,
    systemName: system?.name ?? null,
    taken: holderId !== null,
    overdue: deadline !== null && (state === 'asked' || state === 'taken') && deadline < todayInTokyo(deps.now()),
    unread: state === 'answered' && stored.readAt === null,
    entry: entryId !== null && entryNumber !== null ? { id: entryId, number: entryNumber } : null,
    side,
    thread: await loadThread(deps.db, id),
    can: Object.fromEntries(deeds.map((deed) => [deed, allowed(deed, side, stored)])) as Consultation['can'],
    publishable: publishable(side, stored),
    rule: { officeDays: answer.officeDays, provenance: answer.provenance },
  }
}

function sideOfActor({ may }: ReadDeps, actor: Actor, { organisationPath }: Stored): Consultation['side'] {
  const open = (action: 'answer-desk' | 'ask-desk') => {
    try {
      may(actor, action, { organisationPath })
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-permitted') return false
      throw error
    }
  }
  return open('answer-desk') ? 'desk' : open('ask-desk') ? 'asker' : 'reader'
}

function allowed(deed: Deed, side: Consultation['side'], { state }: Stored): Consultation['can'][Deed] {
  if (!(sideOf[deed] as readonly Side[]).includes(side as Side)) return { ok: false, because: 'not-permitted' }
  return step(state, deed).ok ? { ok: true } : { ok: false, because: 'wrong-state' }
}

/** An answer can be published once it was given, and once at a time. */
export const isAnswered = ({ state, answeredAt }: Pick<Stored, 'state' | 'answeredAt'>) =>
  answeredAt !== null && (state === 'answered' || state === 'closed')

function publishable(side: Consultation['side'], stored: Stored): Consultation['publishable'] {
  if (side !== 'desk') return { ok: false, because: 'not-permitted' }
  return isAnswered(stored) && stored.entryId === null ? { ok: true } : { ok: false, because: 'wrong-state' }
}
