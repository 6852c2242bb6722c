import { z } from 'zod'

import type { Actor, Tx } from '#audit/transaction.ts'
import { txOver } from '#audit/transaction.ts'
import { deadlineFrom } from '#consultation/desk/ask-desk.ts'
import { putIntoCollection } from '#consultation/desk/collection.ts'
import { loadDeskRules, type DeskRules } from '#consultation/desk/desk-rules.ts'
import { writeDeed } from '#consultation/desk/do-deed.ts'
import type { State } from '#consultation/desk/model.ts'
import { type Changed, consultationById, insertDraft, type Stored } from '#consultation/desk/store.ts'
import { yearlyNumber } from '#consultation/desk/yearly-number.ts'
import type { NewId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'

import { idOf } from './ids.ts'
import { reportSchema } from './put-reports.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const step = z.strictObject({
  on: moment,
  by: z.string().optional(),
  do: z.enum([
    'asked',
    'taken',
    'handed-over',
    'deadline-set',
    'answered',
    'followed-up',
    'closed',
    'withdrawn',
    'published',
  ]),
  text: z.string().optional(),
  to: z.string().optional(),
  deadline: day.optional(),
  entry: z.string().optional(),
})
type Step = z.infer<typeof step>
const consultation = z.strictObject({
  key: z.string(),
  by: z.string(),
  system: z.string().optional(),
  subject: z.string(),
  question: z.string(),
  wished: day.optional(),
  steps: z.array(step).min(1),
})
type Consultation = z.infer<typeof consultation>
const published = z.strictObject({
  key: z.string(),
  on: moment,
  by: z.string(),
  title: z.string(),
  question: z.string(),
  answer: z.string(),
  items: z.array(z.string()),
})
/** The form of demo/consultation.yaml. */
export const consultationsSchema = z.strictObject({
  consultations: z.array(consultation),
  published: z.array(published),
  reports: z.array(reportSchema),
})

/** `2026-11-16 10:20` in Japan. */
export const momentOf = (on: string) => new Date(`${on.replace(' ', 'T')}:00+09:00`)

/** A person in a role, as the one who does it then. */
export function actorOf(content: Content, key: string, role: string): Actor {
  const person = content.people.find((one) => one.key === key)
  if (!person) throw new Error(`demo/consultation.yaml: nobody is called ${key}`)
  return { personId: idOf(`person ${key}`), role, organisationId: idOf(`organisation ${person.for}`) }
}

/** Questions to the desk with their threads, and published answers; each deed by its own person at its own moment. */
export async function putConsultations(t: Tx, newId: NewId, content: Content): Promise<void> {
  const rules = loadDeskRules(fromRoot('presets/consultation-desk.yaml'))
  const entries = new Map<string, string>()
  for (const one of content.consultation.published) {
    const { key, on, by, ...text } = one
    const then = txOver(t.db, { actor: actorOf(content, by, 'desk'), at: momentOf(on), newId })
    const catalog = { id: 'ds-920', edition: '1.0' }
    entries.set(key, (await putIntoCollection(then, { ...text, kind: 'answer', catalog, demo: true })).id)
  }
  const inOrder = content.consultation.consultations.toSorted((a, b) => (a.steps[0]!.on < b.steps[0]!.on ? -1 : 1))
  for (const one of inOrder) await putOne(t, { newId, content, rules, entries }, one)
}

type Around = {
  readonly newId: NewId
  readonly content: Content
  readonly rules: DeskRules
  readonly entries: ReadonlyMap<string, string>
}

async function putOne(t: Tx, around: Around, one: Consultation): Promise<void> {
  const id = idOf(`consultation ${one.key}`)
  const asker = actorOf(around.content, one.by, 'planner')
  const system = around.content.systems.find((s) => s.key === one.system)
  const first = momentOf(one.steps[0]!.on)
  await insertDraft(t.db, {
    id,
    organisationId: system ? idOf(`organisation ${system.at}`) : asker.organisationId,
    systemId: one.system === undefined ? null : idOf(`system ${one.system}`),
    subject: one.subject,
    question: one.question,
    wishedOn: one.wished ?? null,
    at: first,
    by: asker.personId,
    demo: true,
  })
  for (const step of one.steps) {
    const actor = step.by === undefined ? asker : actorOf(around.content, step.by, 'desk')
    const then = txOver(t.db, { actor, at: momentOf(step.on), newId: around.newId })
    const before = (await consultationById(t.db, id))!
    await writeDeed(then, before, {
      type: step.do,
      state: stateAfter[step.do] ?? before.state,
      changed: await changedBy(then, around, step),
      entry: {
        ...(step.do === 'asked' ? { text: one.question } : step.text === undefined ? {} : { text: step.text }),
        ...(step.to === undefined ? {} : { toPerson: idOf(`person ${step.to}`), internal: true }),
        ...(step.deadline === undefined ? {} : { deadline: step.deadline }),
      },
    })
  }
}

const stateAfter: Partial<Record<Step['do'], State>> = {
  asked: 'asked',
  taken: 'taken',
  answered: 'answered',
  'followed-up': 'taken',
  closed: 'closed',
  withdrawn: 'withdrawn',
}

async function changedBy(then: Tx, { rules, entries }: Around, step: Step): Promise<Changed> {
  const at = then.at.toISOString()
  const by = then.actor.personId
  const changes: Partial<Record<Step['do'], () => Changed | Promise<Changed>>> = {
    asked: async () => ({
      number: await yearlyNumber(then, 'CD'),
      askedAt: at,
      askedBy: by,
      waitingSince: at,
      ...deadlineFrom(rules, then.at),
    }),
    taken: () => ({ holderId: by }),
    'handed-over': () => ({ holderId: idOf(`person ${step.to}`) }),
    'deadline-set': () => ({ deadline: step.deadline ?? null, deadlineBy: 'desk' }),
    answered: () => ({ answeredAt: at, readAt: null, waitingSince: at }),
    'followed-up': () => ({ waitingSince: at, readAt: at, ...deadlineFrom(rules, then.at) }),
    closed: () => ({ readAt: at }),
    published: (): Partial<Pick<Stored, 'entryId'>> => ({ entryId: entries.get(step.entry ?? '') ?? null }),
  }
  return (await changes[step.do]?.()) ?? {}
}
