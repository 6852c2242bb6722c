import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Publication, PublicationBody, PublicationHit, Published } from './api.ts'
import { catalogItems } from './catalog-items.ts'
import { putIntoCollection, withdrawFromCollection } from './collection.ts'
import type { DeskRules } from './desk-rules.ts'
import { writeDeed } from './do-deed.ts'
import { knownNames } from './known-names.ts'
import { isAnswered } from './load-consultation.ts'
import type { KnownName } from './model.ts'
import { findNames, withoutNames } from './names.ts'
import { consultationById, type Stored } from './store.ts'
import { loadThread } from './store-desk.ts'

export type PublishDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly editions: Editions
  readonly deskRules: DeskRules
}

type Text = Pick<PublicationBody, 'title' | 'question' | 'answer' | 'items' | 'confirmed'>
type StoredText = Text & { readonly version: number }

/**
 * The text that is to be published: as it was saved, or else proposed from the thread with neutral words in place of the
 * names. It stands apart from the thread, which stays as it is.
 * @throws AppError `not-found`, `not-permitted`
 */
export async function loadPublication(deps: PublishDeps, actor: Actor, id: string): Promise<Publication> {
  deps.may(actor, 'publish-answer')
  const consultation = await consultationById(deps.db, id)
  if (!consultation) throw new AppError('not-found', { consultation: id })
  const names = await knownNames(deps.db, consultation)
  const saved = await savedText(deps.db, id)
  const text = saved ?? (await proposal(deps, consultation, names))
  const { provenance: _preset, ...neutral } = deps.deskRules.neutral
  const { catalog, edition } = deps.editions.inForce()
  return {
    ...text,
    version: saved?.version ?? 0,
    hits: hitsIn(text, names),
    names,
    neutral,
    edition: { catalog, edition },
  }
}

async function proposal(
  { db, deskRules }: PublishDeps,
  consultation: Stored,
  names: readonly KnownName[],
): Promise<Text> {
  const said = (await loadThread(db, consultation.id)).filter((entry) => !entry.internal && entry.text !== null)
  const joined = (types: readonly string[]) =>
    withoutNames(
      said
        .filter((entry) => types.includes(entry.type))
        .map((entry) => entry.text ?? '')
        .join('\n\n'),
      names,
      deskRules.neutral,
    )
  return {
    title: withoutNames(consultation.subject, names, deskRules.neutral).slice(0, 200),
    question: joined(['asked', 'followed-up']),
    answer: joined(['answered']),
    items: [],
    confirmed: [],
  }
}

async function savedText(db: Db, id: string): Promise<StoredText | undefined> {
  const { rows } = await sql<StoredText>`
    select title, question, answer, items, confirmed, version from publication where consultation_id = ${id}`.execute(
    db,
  )
  return rows[0]
}

const fields = ['title', 'question', 'answer'] as const

/** Names still in a text, and whether a person said of each that it is harmless. */
export function hitsIn(text: Text, names: readonly KnownName[]): PublicationHit[] {
  const isConfirmed = ({ kind, name }: KnownName) =>
    text.confirmed.some((one) => one.kind === kind && one.name === name)
  return fields.flatMap((field) =>
    findNames(text[field], names).map((hit) => ({ ...hit, field, confirmed: isConfirmed(hit) })),
  )
}

/**
 * Keeps the text that is to be published.
 * @param input  `version`: of the text as it was seen, 0 for the proposal
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` before there is an answer or while it is published,
 *   `changed-meanwhile` with the version as it is now, `bad-input` for an item that the edition does not have
 */
export function savePublication(
  deps: PublishDeps,
  actor: Actor,
  input: { id: string; version: number; text: PublicationBody },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const consultation = await toPublish(deps, t, input.id)
    const before = await savedText(t.db, input.id)
    if ((before?.version ?? 0) !== input.version) throw new AppError('changed-meanwhile', { now: before?.version ?? 0 })
    refuseUnknownItems(deps, input.text.items)
    const { title, question, answer, items, confirmed } = input.text
    await sql`insert into publication (consultation_id, title, question, answer, items, confirmed, version, updated_at, updated_by)
      values (${input.id}, ${title}, ${question}, ${answer}, ${items}::text[], ${JSON.stringify(confirmed)}::jsonb, 1,
        ${t.at.toISOString()}, ${actor.personId})
      on conflict (consultation_id) do update set title = excluded.title, question = excluded.question,
        answer = excluded.answer, items = excluded.items, confirmed = excluded.confirmed,
        version = publication.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(
      t.db,
    )
    await t.append({
      type: 'publication.saved',
      itemKind: 'consultation',
      itemId: input.id,
      organisationId: consultation.organisationId,
    })
  })
}

async function toPublish(deps: PublishDeps, t: Tx, id: string): Promise<Stored> {
  await lockRows(t.db, 'consultation', [id])
  const consultation = await consultationById(t.db, id)
  if (!consultation) throw new AppError('not-found', { consultation: id })
  deps.may(t.actor, 'publish-answer', { organisationPath: consultation.organisationPath })
  if (!isAnswered(consultation) || consultation.entryId !== null)
    throw new AppError('wrong-state', { consultation: id, state: consultation.state })
  return consultation
}

function refuseUnknownItems({ editions }: PublishDeps, items: readonly string[]): void {
  const known = new Set(catalogItems(editions.inForce().content).map((one) => one.id))
  const unknown = items.filter((item) => !known.has(item))
  if (unknown.length > 0) throw new AppError('bad-input', { field: 'items', unknown })
}

/**
 * Publishes the saved text in the collection. While a name is in it that leads back to who asked and that nobody
 * confirmed as harmless, nothing is published.
 * @returns the entry, or the names that are left
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`
 */
export function publishAnswer(
  deps: PublishDeps,
  actor: Actor,
  input: { id: string; version: number },
): Promise<Published> {
  return deps.tx(actor, async (t): Promise<Published> => {
    const consultation = await toPublish(deps, t, input.id)
    const text = await savedText(t.db, input.id)
    if (text?.version !== input.version) throw new AppError('changed-meanwhile', { now: text?.version ?? 0 })
    const left = hitsIn(text, await knownNames(t.db, consultation)).filter((hit) => !hit.confirmed)
    if (left.length > 0) return { ok: false, reasons: [{ code: 'names-left', hits: left }] }
    const { catalog, edition } = deps.editions.inForce()
    const { title, question, answer, items } = text
    const entry = await putIntoCollection(t, {
      kind: 'answer',
      title,
      question,
      answer,
      items,
      catalog: { id: catalog, edition },
    })
    await writeDeed(t, consultation, {
      state: consultation.state,
      type: 'published',
      changed: { entryId: entry.id },
      event: { type: 'desk.published' },
    })
    return { ok: true, ...entry }
  })
}

/**
 * Takes a published answer back, with the reason that is shown in its place. The text can be mended and published anew.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`
 */
export function unpublishAnswer(
  deps: PublishDeps,
  actor: Actor,
  input: { entryId: string; because: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'publish-answer')
    const { rows } = await sql<{ id: string | null; kind: string }>`
      select e.kind, (select c.id from consultation c where c.entry_id = e.id) as id
      from collection_entry e where e.id = ${input.entryId}`.execute(t.db)
    if (!rows[0]) throw new AppError('not-found', { entry: input.entryId })
    if (rows[0].kind !== 'answer') throw new AppError('wrong-state', { entry: input.entryId, kind: rows[0].kind })
    await withdrawFromCollection(t, input.entryId, input.because)
    if (rows[0].id === null) return
    await lockRows(t.db, 'consultation', [rows[0].id])
    const consultation = (await consultationById(t.db, rows[0].id))!
    await writeDeed(t, consultation, {
      state: consultation.state,
      type: 'unpublished',
      entry: { text: input.because },
      changed: { entryId: null },
    })
  })
}
