import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { placeOfSystem } from '#register/place-of-system.ts'
import { sql } from 'kysely'

import type { NewConsultation } from './api.ts'
import type { DeskRules } from './desk-rules.ts'
import { type DeskDeps, doDeed, loadForDeed, type Seen, writeDeed } from './do-deed.ts'
import { addOfficeDays } from './office-days.ts'
import { consultationById, insertDraft, saveConsultation, type Stored } from './store.ts'
import { yearlyNumber } from './yearly-number.ts'

type AskDeps = DeskDeps & { readonly deskRules: DeskRules }
type Draft = Omit<NewConsultation, 'send'>

/**
 * Writes a question to the Consultation Desk, and sends it or keeps it as a draft. It belongs to the organisation of the
 * system it is about, or to that of the role. Source: DS-920 v1.0, Consultation Desk.
 * @throws AppError `not-found` (the system), `not-permitted`
 */
export function askDesk(deps: AskDeps, actor: Actor, input: NewConsultation): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const { send, ...draft } = input
    const organisationId = await placeOfDraft(deps, t, draft.systemId)
    const id = t.newId()
    await insertDraft(t.db, { ...draft, id, organisationId, at: t.at, by: actor.personId })
    await t.append({ type: 'consultation.drafted', itemKind: 'consultation', itemId: id, organisationId })
    if (send) await sendDraft(deps, t, (await consultationById(t.db, id))!)
    return { id }
  })
}

/** @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` once it was sent */
export function changeDraft(deps: AskDeps, actor: Actor, which: Seen, draft: Draft): Promise<void> {
  return deps.tx(actor, async (t) => {
    const before = await loadDraft(deps, t, which)
    const organisationId = await placeOfDraft(deps, t, draft.systemId)
    await saveConsultation(t.db, before, { ...draft, organisationId }, t.at)
    await t.append({ type: 'consultation.changed', itemKind: 'consultation', itemId: which.id, organisationId })
  })
}

/** Throws a draft away; nobody but its own organisation ever saw it. */
export function discardDraft(deps: AskDeps, actor: Actor, which: Seen): Promise<void> {
  return deps.tx(actor, async (t) => {
    const { organisationId } = await loadDraft(deps, t, which)
    await sql`delete from consultation where id = ${which.id}`.execute(t.db)
    await t.append({ type: 'consultation.discarded', itemKind: 'consultation', itemId: which.id, organisationId })
  })
}

/** @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` */
export function sendConsultation(deps: AskDeps, actor: Actor, which: Seen): Promise<void> {
  return deps.tx(actor, async (t) => sendDraft(deps, t, await loadDraft(deps, t, which)))
}

async function loadDraft(deps: AskDeps, t: Tx, which: Seen): Promise<Stored> {
  const before = await loadForDeed(deps, t, { ...which, side: 'asker' })
  if (before.state !== 'draft') throw new AppError('wrong-state', { consultation: which.id, state: before.state })
  return before
}

async function placeOfDraft(deps: AskDeps, t: Tx, systemId: string | null): Promise<string> {
  if (systemId === null) {
    deps.may(t.actor, 'ask-desk')
    return t.actor.organisationId
  }
  const place = await placeOfSystem(t.db, systemId)
  if (!place) throw new AppError('not-found', { system: systemId })
  deps.may(t.actor, 'ask-desk', { organisationPath: place.organisationPath })
  return place.organisationId
}

async function sendDraft({ deskRules }: AskDeps, t: Tx, before: Stored): Promise<void> {
  const at = t.at.toISOString()
  await writeDeed(t, before, {
    state: 'asked',
    type: 'asked',
    entry: { text: before.question },
    changed: {
      number: await yearlyNumber(t, 'CD'),
      askedAt: at,
      askedBy: t.actor.personId,
      waitingSince: at,
      ...deadlineFrom(deskRules, t.at),
    },
    event: { type: 'desk.asked' },
  })
}

export const deadlineFrom = ({ answer, closed }: DeskRules, at: Date) =>
  ({ deadline: addOfficeDays(closed, todayInTokyo(at), answer.officeDays), deadlineBy: 'rule' }) as const

/** A further question; it opens an answered or closed one again, with a new deadline. */
export function followUp(deps: AskDeps, actor: Actor, which: Seen & { text: string }): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'follow-up', side: 'asker' }, (before, t) => ({
    type: 'followed-up',
    entry: { text: which.text },
    changed:
      before.state === 'answered' || before.state === 'closed'
        ? { waitingSince: t.at.toISOString(), readAt: t.at.toISOString(), ...deadlineFrom(deps.deskRules, t.at) }
        : {},
    event: { type: 'desk.followed-up' },
  }))
}

export function withdrawQuestion(deps: DeskDeps, actor: Actor, which: Seen & { because: string }): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'withdraw', side: 'asker' }, () => ({
    type: 'withdrawn',
    entry: { text: which.because },
    changed: {},
  }))
}

/** The asking side says that it is settled; it can still ask further. */
export function settleQuestion(deps: DeskDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'close', side: 'asker' }, (_before, t) => ({
    type: 'closed',
    changed: { readAt: t.at.toISOString() },
  }))
}

/** That somebody of the asking side opened the last answer; no part of the history, and no new version. */
export function markRead(deps: DeskDeps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, async (t) => {
    const seen = await consultationById(t.db, id)
    if (!seen) throw new AppError('not-found', { consultation: id })
    deps.may(actor, 'ask-desk', { organisationPath: seen.organisationPath })
    await sql`update consultation set read_at = ${t.at.toISOString()}
      where id = ${id} and answered_at is not null and (read_at is null or read_at < answered_at)`.execute(t.db)
  })
}
