import type { Actor } from '#audit/transaction.ts'
import type { Consultation, Publication } from '#consultation/desk/api.ts'
import type { Database } from '#platform/database.ts'
import type { Facts } from '#register/model.ts'
import { appOn } from '#test/app.ts'
import { as, make, type MadeOrganisation } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

type Ask = Awaited<ReturnType<typeof as>>

/** Two ministries, somebody of the desk, and who asks; each asks over HTTP. */
export async function deskOn(database: Database) {
  const { app, deps } = await appOn(database)
  const { db } = deps
  const ministry = await make.organisation(db, 'あおば省')
  const division = await make.organisation(db, '相談支援課', ministry)
  const beside = await make.organisation(db, '文書課', ministry)
  const foreign = await make.organisation(db, 'みどり庁')
  const people = {
    planner: await make.person(db, division, 'planner'),
    caio: await make.person(db, ministry, 'caio'),
    beside: await make.person(db, beside, 'planner'),
    foreign: await make.person(db, foreign, 'planner'),
    desk: await make.person(db, foreign, 'desk'),
    otherDesk: await make.person(db, foreign, 'desk'),
    board: await make.person(db, foreign, 'board'),
    auditor: await make.person(db, ministry, 'auditor'),
    foreignAuditor: await make.person(db, foreign, 'auditor'),
  }
  const asked = async (actor: Actor) => as(app, actor)
  const ask = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, actor]) => [name, await asked(actor)] as const)),
  ) as Record<keyof typeof people, Ask>
  const putSystem = async (organisation: MadeOrganisation, facts: Facts = {}) =>
    (await store(deps.tx, people.caio, [aSystem(organisation, { name: { value: '問合せ支援' }, ...facts })]))[0]!
      .systemId
  return { app, deps, db, ministry, division, beside, foreign, people, ask, putSystem }
}

export const seen = (version: number) => ({ 'if-match': `"${version}"` })

export async function send(ask: Ask, more: Record<string, unknown> = {}): Promise<Consultation> {
  const made = await ask('POST', '/api/v1/consultations', {
    subject: '入出力の保存期間',
    question: '入力した文をどのくらい保存してよいですか。',
    send: true,
    ...more,
  })
  if (made.statusCode !== 201) throw new Error(made.body)
  return load(ask, made.json<{ id: string }>().id)
}

export async function load(ask: Ask, id: string): Promise<Consultation> {
  const answer = await ask('GET', `/api/v1/consultations/${id}`)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

/** Does something with a question as it is now. */
export async function act(ask: Ask, id: string, what: string, body?: unknown): Promise<Consultation> {
  const { version } = await load(ask, id)
  const answer = await ask('POST', `/api/v1/consultations/${id}/${what}`, body, seen(version))
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

export async function answered(
  asker: Ask,
  desk: Ask,
  more: Record<string, unknown> = {},
  text = '30日を目安に決めてください。',
) {
  const { id } = await send(asker, more)
  await act(desk, id, 'take')
  return act(desk, id, 'answer', { text })
}

export async function publish(desk: Ask, id: string, text: Record<string, unknown> = {}) {
  const { version, ...proposed } = (await desk('GET', `/api/v1/consultations/${id}/publication`)).json<Publication>()
  const { title, question, answer, items, confirmed } = proposed
  const body = { title, question, answer, items, confirmed, ...text }
  const kept = await desk('PUT', `/api/v1/consultations/${id}/publication`, body, seen(version))
  if (kept.statusCode !== 200) return kept
  return desk('POST', `/api/v1/consultations/${id}/publish`, undefined, seen(kept.json<Publication>().version))
}
