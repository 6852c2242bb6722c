import { setTimeout as wait } from 'node:timers/promises'

import type { SignedIn } from './server.ts'

/** What a writer was told, so that it can be compared with what is kept. */
export type Told = { readonly systemId: string; readonly version: number; readonly name: string }

export type Ledger = {
  /** Every change that was answered with success. */
  readonly told: Told[]
  /** Time of each answer to a change, ms. */
  readonly ms: number[]
  /** Answers that say "later", as they should be: 503, problem+json, retry-after. */
  unavailable: number
  /** No answer at all: the process was gone. */
  unanswered: number
  /** Anything else: a wrong answer. */
  readonly wrong: string[]
}

export type Writing = {
  readonly who: () => SignedIn
  readonly organisationId: string
  readonly writers: number
  /** Asked before each change. */
  readonly goesOn: (done: number) => boolean
}

/**
 * Writers that change a system of their own again and again, through the API, each as fast as it is answered. After an
 * answer that leaves open what happened, a writer first looks what is there.
 */
export async function write({ who, organisationId, writers, goesOn }: Writing): Promise<Ledger> {
  const ledger: Ledger = { told: [], ms: [], unavailable: 0, unanswered: 0, wrong: [] }
  const one = async (writer: number) => {
    let at: Told | undefined
    for (let n = 0; goesOn(ledger.told.length); n += 1) {
      const name = `書込 ${writer}-${n}`
      const answer = await (at === undefined
        ? ask(ledger, who(), 'POST', '/api/v1/systems', systemOf(organisationId, name))
        : ask(
            ledger,
            who(),
            'PATCH',
            `/api/v1/systems/${at.systemId}`,
            { facts: { name: { value: name } } },
            at.version,
          ))
      if (answer === undefined) {
        if (at !== undefined) at = await lookAgain(ledger, who, at, name)
        continue
      }
      if (answer.version !== (at?.version ?? 0) + 1) ledger.wrong.push(`version ${answer.version} after ${at?.version}`)
      at = { systemId: answer.id, version: answer.version, name }
      ledger.told.push(at)
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, i) => one(i)))
  return ledger
}

export const systemOf = (organisationId: string, name: string) => ({
  organisationId,
  facts: { name: { value: name }, stage: { value: 'planning' } },
  uses: [{ facts: { purpose: { value: '書き込みを試す。' }, 'users-kind': { value: 'own-ministry' } } }],
})

type Answer = { id: string; version: number }

async function ask(
  ledger: Ledger,
  who: SignedIn,
  method: string,
  path: string,
  body: unknown,
  version?: number,
): Promise<Answer | undefined> {
  const from = performance.now()
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await who.send(method, path, body, headers).catch(() => undefined)
  if (answer === undefined) {
    ledger.unanswered += 1
    await wait(50)
    return undefined
  }
  const text = await answer.text().catch(() => undefined)
  if (text === undefined) {
    ledger.unanswered += 1
    return undefined
  }
  if (answer.ok) {
    ledger.ms.push(performance.now() - from)
    return JSON.parse(text) as Answer
  }
  if (isLater(answer, text)) ledger.unavailable += 1
  else ledger.wrong.push(`${method} ${path.replaceAll(/[0-9a-f-]{36}/g, ':id')} ${answer.status} ${text.slice(0, 300)}`)
  await wait(200)
  return undefined
}

const isLater = (answer: Response, text: string): boolean =>
  answer.status === 503 &&
  answer.headers.get('content-type')?.startsWith('application/problem+json') === true &&
  Number(answer.headers.get('retry-after')) > 0 &&
  (JSON.parse(text) as { code?: string }).code === 'unavailable'

/** After no answer, or "later": the change was made or it was not, and nothing in between. */
async function lookAgain(ledger: Ledger, who: () => SignedIn, at: Told, name: string): Promise<Told> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(100)) {
    const answer = await who()
      .get(`/api/v1/systems/${at.systemId}`)
      .catch(() => undefined)
    if (answer?.status === 503) continue
    if (answer !== undefined && !answer.ok) {
      ledger.wrong.push(`GET ${answer.status}`)
      return at
    }
    const seen = (await answer?.json().catch(() => undefined)) as
      | { version: number; facts: { name: { value: string } } }
      | undefined
    if (seen === undefined) continue
    const known = seen.version === at.version || (seen.version === at.version + 1 && seen.facts.name.value === name)
    if (!known) ledger.wrong.push(`version ${seen.version} where ${at.version} was told`)
    return { ...at, version: seen.version }
  }
  ledger.wrong.push('never came back')
  return at
}

/** The organisation for which the role is held. */
export const ownOrganisation = async (who: SignedIn): Promise<string> =>
  ((await (await who.get('/api/v1/me')).json()) as { heldFor: string }).heldFor
