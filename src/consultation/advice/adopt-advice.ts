import { createHash } from 'node:crypto'
import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { canonicalJson } from '#catalog/digest.ts'
import { requireReading, undeclaredOn } from '#consultation/board/standing.ts'
import { caseForUpdate, peopleNamed, placeOf, type StoredCase } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Adopted } from './api.ts'
import { adoptionReasons, type AdoptionReason } from './model.ts'
import { addEvents, adviceOf, conditionsOfAdvice, type StoredAdvice, type StoredCondition, wordingOf } from './store.ts'

export const adviceFormat = 'tenbin-advice/1'

/**
 * Adopts the advice: freezes text and conditions under a hash, makes the conditions bind, and closes the case. The chair
 * does it. The system is locked, so that no step that is being taken passes a condition that comes to bind meanwhile.
 * @param input `version`: of the advice, as the person saw it; it moves with every change of a condition
 * @returns the SHA-256 of the canonical JSON, or every reason why not yet; then nothing is written
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`
 */
export async function adoptAdvice(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'may' | 'adviceRules'>,
  actor: Actor,
  input: { caseId: string; version: number },
): Promise<Adopted> {
  await requireReading(deps, actor, input.caseId, 'adopt-advice')
  return deps.tx(actor, async (t): Promise<Adopted> => {
    const seen = await caseForUpdate(t.db, input.caseId)
    deps.may(actor, 'adopt-advice', placeOf(seen))
    const advice = await adviceOf(t.db, seen.id, true)
    if ((advice?.version ?? 0) !== input.version)
      throw new AppError('changed-meanwhile', { now: { version: advice?.version ?? 0 } })
    const reasons = await whyNotYet(t.db, actor, deps, { seen, advice })
    if (reasons.length > 0 || !advice)
      return { ok: false, reasons: reasons.map((r) => ({ ...r, params: { ...r.params } })) }
    await t.asSystem(() => lockRows(t.db, 'ai_system', [seen.systemId]))
    const digest = await freezeAdvice(t, seen, advice)
    await t.emit({ type: 'advice.adopted', payload: { case: seen.id } })
    return { ok: true, digest }
  })
}

/** What keeps the advice from being adopted now, by this person. In the scope of who asks. */
export async function whyNotYet(
  db: Db,
  actor: Actor,
  { adviceRules }: Pick<ConsultationDeps, 'adviceRules'>,
  { seen, advice }: { seen: StoredCase; advice: StoredAdvice | undefined },
): Promise<AdoptionReason[]> {
  const undeclared = await undeclaredOn(db, seen.id)
  const { rows } = await sql<{ opinions: number; chair: boolean }>`
    select (select count(distinct person_id)::int from board_opinion where case_id = ${seen.id}) as opinions,
      board_chairs(${actor.personId}::uuid) and board_standing(${seen.id}::uuid, ${actor.personId}::uuid) = 'deliberating' as chair`.execute(
    db,
  )
  return adoptionReasons(adviceRules.adoption, {
    caseState: seen.state,
    state: advice?.state ?? 'draft',
    undeclared: undeclared.map((personId) => ({ personId, since: seen.submittedAt ?? seen.createdAt })),
    opinions: rows[0]!.opinions,
    textJa: advice?.text.ja ?? '',
    chair: actor.role === 'board' && rows[0]!.chair,
  })
}

/**
 * Freezes advice as it stands and makes its conditions bind. Whoever calls has asked whether it may be.
 * @returns SHA-256 of the canonical JSON that is kept
 */
export async function freezeAdvice(t: Tx, seen: StoredCase, advice: StoredAdvice): Promise<string> {
  const conditions = await conditionsOfAdvice(t.db, advice.id)
  const content = canonicalJson(await contentOf(t, seen, advice, conditions))
  const digest = createHash('sha256').update(content).digest('hex')
  await freeze(t, { seen, advice, conditions, content, digest })
  return digest
}

async function contentOf(t: Tx, seen: StoredCase, advice: StoredAdvice, conditions: readonly StoredCondition[]) {
  const who = await t.asSystem(() => peopleNamed(t.db, [t.actor.personId]))
  const { rows } = await sql<{ number: number; digest: string }>`
    select number, digest from board_dossier where id = ${seen.dossierId}`.execute(t.db)
  return {
    format: adviceFormat,
    case: { id: seen.id, number: seen.number, title: seen.title, dossier: rows[0] ?? null },
    adopted: { at: t.at.toISOString(), post: who.get(t.actor.personId)?.post ?? null },
    text: advice.text,
    conditions: conditions.map((c, i) => ({ id: c.id, position: i + 1, ...wordingOf(c) })),
  }
}

type Adoption = {
  readonly seen: StoredCase
  readonly advice: StoredAdvice
  readonly conditions: readonly StoredCondition[]
  readonly content: string
  readonly digest: string
}

async function freeze(t: Tx, { seen, advice, conditions, content, digest }: Adoption): Promise<void> {
  const at = t.at.toISOString()
  await sql`insert into advice_adoption (id, at, advice_id, case_id, organisation_id, content, digest, actor_id, actor_role, demo)
    values (${t.newId()}, ${at}, ${advice.id}, ${seen.id}, ${seen.organisationId}, ${content}, ${digest},
      ${t.actor.personId}, ${t.actor.role}, ${advice.demo})`.execute(t.db)
  await sql`update advice set state = 'adopted', adopted_at = ${at}, adopted_by = ${t.actor.personId}, version = version + 1,
      updated_at = ${at} where id = ${advice.id}`.execute(t.db)
  await sql`update advice_condition c set binding = true, binding_since = ${at}, version = version + 1, position = r.place
    from (select id, row_number() over (order by position, id) as place from advice_condition where advice_id = ${advice.id}) r
    where c.id = r.id`.execute(t.db)
  await addEvents(
    t,
    conditions.map((of) => ({ of, type: 'bound' as const, number: 1, content: wordingOf(of) })),
  )
  await sql`update board_case set state = 'advised', advised_at = ${at}, version = version + 1, updated_at = ${at}
    where id = ${seen.id}`.execute(t.db)
  await t.append({
    type: 'advice.adopted',
    itemKind: 'board-case',
    itemId: seen.id,
    organisationId: seen.organisationId,
    detail: { advice: advice.id, digest, conditions: conditions.length },
  })
}
