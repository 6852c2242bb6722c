import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { requireReading } from '#consultation/board/standing.ts'
import { caseById, placeOf, type StoredCase } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { putIntoCollection, withdrawFromCollection } from '#consultation/desk/collection.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { PublicationInput, PublicationState, Published, PublicPart } from './api.ts'
import { publicParts, redact } from './redact.ts'
import { adviceOf, type StoredAdvice } from './store.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>

/** What could be published of adopted advice, and what is. @throws AppError `not-found`, `not-permitted`, `wrong-state` */
export async function loadPublication(deps: Deps, actor: Actor, caseId: string): Promise<PublicationState> {
  await requireReading(deps, actor, caseId, 'publish-advice')
  deps.may(actor, 'publish-advice', placeOf(await caseById(deps.db, caseId)))
  const advice = adopted(await adviceOf(deps.db, caseId))
  return { parts: await partsOf(deps.db, advice), published: (await publishedNow(deps.db, caseId)) ?? null }
}

/**
 * Puts adopted advice into the collection, without what is withheld. Of the case it names neither system nor ministry: title
 * and subject are written for the purpose.
 * @returns the entry, or where a withheld text would still be read (`still-in`); then nothing goes out
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` where it is published already, `bad-input` for a part that
 *   the advice does not have
 */
export async function publishAdvice(
  deps: Deps,
  actor: Actor,
  input: PublicationInput & { readonly caseId: string },
): Promise<Published> {
  await requireReading(deps, actor, input.caseId, 'publish-advice')
  return deps.tx(actor, async (t): Promise<Published> => {
    const { seen, advice } = await publishing(deps, t, input.caseId)
    if (await publishedNow(t.db, seen.id)) throw new AppError('wrong-state', { state: 'published' })
    const parts = await partsOf(t.db, advice)
    const lost = input.withheld.find(({ part }) => !parts.some(({ id }) => id === part))
    if (lost) throw new AppError('bad-input', { issues: [{ path: '/withheld', keyword: 'not-known', params: lost }] })
    const hidden = new Set(input.withheld.map(({ part }) => part))
    const named = namesIn(seen, [
      { where: 'title', text: input.title },
      { where: 'about', text: input.about },
      ...parts.filter(({ id }) => !hidden.has(id)).map(({ id, text }) => ({ where: id, text })),
    ])
    const redacted = redact(parts, input.withheld, input)
    const leaks = [...named, ...(redacted.ok ? [] : redacted.leaks)]
    if (!redacted.ok || leaks.length > 0)
      return { ok: false, reasons: leaks.map((params) => ({ code: 'still-in', params })) }
    const { title, about: question } = input
    const entry = await putIntoCollection(t, {
      kind: 'advice',
      title,
      question,
      answer: redacted.content,
      demo: seen.demo,
    })
    await addPublication(t, advice, {
      type: 'published',
      entryId: entry.id,
      content: redacted.content,
      withheld: input.withheld,
    })
    await tell(t, seen, 'advice.published', { entry: entry.id, withheld: input.withheld.length })
    return { ok: true, entryId: entry.id, number: entry.number }
  })
}

/** Takes published advice out of the collection again, with the reason; it can then be published anew. */
export async function takeBackAdvice(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; words: string },
): Promise<void> {
  await requireReading(deps, actor, input.caseId, 'publish-advice')
  return deps.tx(actor, async (t) => {
    const { seen, advice } = await publishing(deps, t, input.caseId)
    const published = await publishedNow(t.db, seen.id)
    if (!published) throw new AppError('wrong-state', { state: 'not-published' })
    await withdrawFromCollection(t, published.entryId, input.words)
    await addPublication(t, advice, { type: 'taken-back', entryId: published.entryId, words: input.words })
    await tell(t, seen, 'advice.taken-back', { entry: published.entryId })
  })
}

async function publishing(deps: Deps, t: Tx, caseId: string): Promise<{ seen: StoredCase; advice: StoredAdvice }> {
  const seen = await caseById(t.db, caseId)
  deps.may(t.actor, 'publish-advice', placeOf(seen))
  const advice = adopted(await adviceOf(t.db, caseId))
  await lockRows(t.db, 'advice', [advice.id])
  return { seen, advice }
}

function adopted(advice: StoredAdvice | undefined): StoredAdvice {
  if (advice?.state !== 'adopted') throw new AppError('wrong-state', { state: advice?.state ?? 'none' })
  return advice
}

/** As they hold now: a condition that was worded anew is published as it reads today, a withdrawn one is not. */
async function partsOf(db: Db, advice: StoredAdvice): Promise<PublicPart[]> {
  const { rows } = await sql<Parameters<typeof publicParts>[0]['conditions'][number]>`
    select c.position, jsonb_build_object('ja', c.text_ja, 'en', c.text_en) as text, c.due_on as "dueOn",
      c.evidence_wanted as "evidenceWanted", trim(o.name_ja || '　' || c.owner_unit, ' 　') as owner
    from advice_condition c join organisation o on o.id = c.owner_organisation_id
    where c.advice_id = ${advice.id} and c.state <> 'withdrawn' order by c.position`.execute(db)
  return publicParts({ text: advice.text, conditions: rows })
}

/** What tells which case it was: none of it may stand in the title, the subject or a part that goes out. */
function namesIn(
  seen: StoredCase,
  places: readonly { readonly where: string; readonly text: string }[],
): { part: string; where: string }[] {
  const names = [
    { part: 'system-name', text: seen.title },
    { part: 'case-number', text: seen.number ?? '' },
    { part: 'organisation-name', text: seen.organisation.ja },
    { part: 'organisation-name', text: seen.organisation.en },
  ].filter(({ text }) => text.trim() !== '')
  return names.flatMap(({ part, text }) =>
    places.flatMap((place) => (place.text.includes(text) ? [{ part, where: place.where }] : [])),
  )
}

async function publishedNow(db: Db, caseId: string): Promise<NonNullable<PublicationState['published']> | undefined> {
  const { rows } = await sql<NonNullable<PublicationState['published']>>`
    select p.at, p.entry_id as "entryId", p.content, p.withheld from advice_publication p
    where p.case_id = ${caseId} and p.type = 'published'
      and not exists (select 1 from advice_publication b where b.entry_id = p.entry_id and b.type = 'taken-back')
    order by p.at desc, p.id desc limit 1`.execute(db)
  return rows[0]
}

async function addPublication(
  t: Tx,
  advice: StoredAdvice,
  row: {
    type: 'published' | 'taken-back'
    entryId: string
    content?: string
    withheld?: readonly unknown[]
    words?: string
  },
): Promise<void> {
  await sql`insert into advice_publication (id, at, type, advice_id, case_id, organisation_id, entry_id, content, withheld,
      words, actor_id, actor_role, demo)
    values (${t.newId()}, ${t.at.toISOString()}, ${row.type}, ${advice.id}, ${advice.caseId}, ${advice.organisationId},
      ${row.entryId}, ${row.content ?? ''}, ${JSON.stringify(row.withheld ?? [])}::jsonb, ${row.words ?? ''},
      ${t.actor.personId}, ${t.actor.role}, ${advice.demo})`.execute(t.db)
}

const tell = (t: Tx, seen: StoredCase, type: string, detail: Readonly<Record<string, unknown>>) =>
  t.append({ type, itemKind: 'board-case', itemId: seen.id, organisationId: seen.organisationId, detail })
