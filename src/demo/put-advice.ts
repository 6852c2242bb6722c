import { sql } from 'kysely'
import { z } from 'zod'

import { type Tx, txOver } from '#audit/transaction.ts'
import { freezeAdvice } from '#consultation/advice/adopt-advice.ts'
import { conditionStages, effects } from '#consultation/advice/model.ts'
import {
  addEvents,
  adviceOf,
  conditionsOfAdvice,
  insertAdvice,
  insertCondition,
  type StoredCondition,
} from '#consultation/advice/store.ts'
import { caseById, type StoredCase } from '#consultation/board/store.ts'
import type { NewId } from '#platform/ids.ts'
import { steppedInto } from '#stages/model.ts'
import { addWaiverRow } from '#stages/store.ts'

import { idOf } from './ids.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
const step = z.strictObject({
  on: moment,
  by: z.string(),
  do: z.enum(['reported', 'met', 'change-asked']),
  words: z.string(),
})
const condition = z.strictObject({
  text: z.string(),
  effect: z.enum(effects),
  stage: z.enum(conditionStages),
  due: z.iso.date().optional(),
  evidence: z.string(),
  steps: z.array(step).default([]),
})
const oneAdvice = z.strictObject({
  system: z.string(),
  by: z.string(),
  on: moment,
  text: z.string(),
  adopted: z.strictObject({ on: moment, by: z.string() }).optional(),
  conditions: z.array(condition),
})
const waiver = z.strictObject({
  system: z.string(),
  by: z.string(),
  on: moment,
  need: z.string(),
  step: z.enum(steppedInto),
  until: z.iso.date().optional(),
  reason: z.string(),
})
/** The form of demo/advice.yaml. */
export const adviceContentSchema = z.strictObject({ advice: z.array(oneAdvice), waivers: z.array(waiver) })
type OneAdvice = z.infer<typeof oneAdvice>

/** Advice on cases that are there, drafted or adopted, with what became of its conditions; and waivers. */
export async function putAdvice(t: Tx, newId: NewId, content: Content): Promise<void> {
  const as = (on: string, by: string) => actingAs(t, newId, content, { on, by })
  for (const one of content.advice.advice) await putOne(as, one)
  for (const one of content.advice.waivers) {
    const { db } = t
    const then = as(one.on, one.by)
    const systemId = idOf(`system ${one.system}`)
    const { rows } = await sql<{ organisationId: string }>`
      select organisation_id as "organisationId" from ai_system where id = ${systemId}`.execute(db)
    const id = newId()
    await addWaiverRow(then, {
      id,
      type: 'waived',
      waiverId: id,
      systemId,
      organisationId: rows[0]!.organisationId,
      need: one.need,
      step: one.step,
      untilOn: one.until ?? null,
      reason: one.reason,
      catalog: 'stage-needs',
      edition: '1',
      demo: true,
    })
  }
}

type As = (on: string, by: string) => Tx

function actingAs(t: Tx, newId: NewId, content: Content, { on, by }: { on: string; by: string }): Tx {
  const who = content.people.find(({ key }) => key === by)
  if (!who) throw new Error(`demo/advice.yaml: nobody is called ${by}`)
  const actor = { personId: idOf(`person ${by}`), role: who.roles[0]!, organisationId: idOf(`organisation ${who.for}`) }
  return txOver(t.db, { actor, at: new Date(`${on.replace(' ', 'T')}:00+09:00`), newId })
}

async function putOne(as: As, one: OneAdvice): Promise<void> {
  const drafted = as(one.on, one.by)
  const seen = await caseById(drafted.db, idOf(`board-case ${one.system}`))
  const { id: caseId, systemId, organisationId } = seen
  const id = drafted.newId()
  const text = { ja: one.text.trim(), en: '' }
  await insertAdvice(drafted, { id, caseId, systemId, organisationId, text, demo: true })
  for (const c of one.conditions)
    await insertCondition(
      drafted,
      { id, caseId, systemId, organisationId, demo: true },
      {
        text: { ja: c.text, en: '' },
        effect: c.effect,
        stage: c.stage,
        ownerOrganisationId: organisationId,
        ownerUnit: '',
        dueOn: c.due ?? null,
        evidenceWanted: c.evidence,
      },
    )
  if (one.adopted) await adopt(as, one, seen)
}

async function adopt(as: As, one: OneAdvice, seen: StoredCase): Promise<void> {
  const then = as(one.adopted!.on, one.adopted!.by)
  const advice = (await adviceOf(then.db, seen.id))!
  await freezeAdvice(then, seen, advice)
  const conditions = await conditionsOfAdvice(then.db, advice.id)
  for (const [i, { steps }] of one.conditions.entries())
    for (const done of steps) await follow(as(done.on, done.by), conditions[i]!, done)
}

async function follow(then: Tx, of: StoredCondition, { do: type, words }: z.infer<typeof step>): Promise<void> {
  const at = then.at.toISOString()
  const sets = {
    reported: sql`state = 'reported', reported_at = ${at}`,
    met: sql`state = 'met', settled_at = ${at}`,
    'change-asked': sql`change_asked = ${words}, change_asked_at = ${at}`,
  }[type]
  await sql`update advice_condition set ${sets}, version = version + 1, updated_at = ${at},
    updated_by = ${then.actor.personId} where id = ${of.id}`.execute(then.db)
  await addEvents(then, [{ of, type, number: 1, words }])
}
