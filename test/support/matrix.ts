import type { LightMyRequestResponse } from 'fastify'

import type { Role } from '#access/model.ts'
import type { DeclaredRoute } from '#access/policies/route-actions.ts'
import type { Actor } from '#audit/transaction.ts'

import type { Actors, Item, Items, Place, Views } from './matrix-items.ts'

/** `allowed`: it would be done; `refused`: by policy; `hidden`: as if it were not there. */
export type Outcome = 'allowed' | 'refused' | 'hidden'
export const signs: Readonly<Record<Outcome, string>> = { allowed: '○', refused: '×', hidden: '－' }

export type Ask = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly payload?: unknown
}
export type Answer = LightMyRequestResponse
export type Send = (method: string, url: string, payload?: unknown) => Promise<Answer>
export type With = { readonly actor: Actor; readonly views: Views; readonly send: Send }
type Asked = Ask | Promise<Ask>

/** How a route is called validly, so that only a right can keep it from being done. */
export type Call =
  /** About one item: asked for the item of each place. */
  | {
      readonly kind: 'item'
      readonly ask: (item: Item, more: With) => Asked
      /** Systems differ by how far they are shared; other things only by where they stand. */
      readonly shared: boolean
      /** What an answer that succeeded shows of the item. */
      readonly outcome?: (body: never, item: Item) => Outcome
      /** Statuses that come only after the right was asked: the deed itself could not be done. */
      readonly alsoAllowed?: readonly number[]
    }
  /** Gives many: asked once; whose items come is seen in the answer. */
  | {
      readonly kind: 'list'
      readonly shared: boolean
      readonly ask: (more: With) => Asked
      readonly holds: (text: string, item: Item) => boolean
    }
  /** About no item. */
  | {
      readonly kind: 'once'
      readonly ask: (more: With) => Asked
      readonly freshSession?: boolean
      /** Stays done: it goes on behind its answer and needs what it wrote. */
      readonly stays?: boolean
      readonly alsoAllowed?: readonly number[]
    }

/** What became of one call, and which tables it wrote before it was rolled back. */
export type Result = { readonly place: Place | undefined; readonly outcome: Outcome; readonly wrote: readonly string[] }
export type Cell = readonly Result[]

const onePlace: readonly Place[] = ['own', 'child', 'sibling', 'parent', 'foreign']
const allPlaces: readonly Place[] = [...onePlace, 'offered', 'restricted']
export const placesOf = (call: Call): readonly Place[] =>
  call.kind === 'once' ? [] : call.shared ? allPlaces : onePlace

/** @throws when the answer says neither that it was done nor that a right is lacking: then the call proves nothing */
export function outcomeOf(what: string, answer: Answer, alsoAllowed: readonly number[] = []): Outcome {
  const { statusCode: status } = answer
  if (status < 300 || alsoAllowed.includes(status)) return 'allowed'
  if (status === 401) return 'refused'
  // Refused by a policy, or by a rule beside them that names the action; anything else is a fault of the call.
  const refusal = status === 403 ? answer.json<{ params?: { action?: string }; detail?: string }>() : {}
  if (refusal.params?.action !== undefined || refusal.detail === 'not-permitted') return 'refused'
  if (status === 404) return 'hidden'
  throw new Error(`${what} was called wrongly: ${status} ${answer.payload.slice(0, 400)}`)
}

export type SendRaw = (method: string, url: string, ask?: Ask) => Promise<Answer>
export type Asking = {
  readonly items: Items
  readonly views: Views
  readonly actors: Actors
  /** Sends as the role; nobody signed in is the public. */
  readonly sendAs: (role: Role, fresh?: boolean) => Promise<SendRaw>
  /** Lets what is called be kept. */
  readonly keeping: <T>(work: () => Promise<T>) => Promise<T>
  /** Tables that transactions have written since it was last asked. */
  readonly takeWritten: () => readonly string[]
}

/** Asks one route in one role, for every place that matters to it. */
export async function askRoute(asking: Asking, route: DeclaredRoute, call: Call, role: Role): Promise<Cell> {
  const raw = await asking.sendAs(role, call.kind === 'once' && call.freshSession === true)
  const nobody: Actor = { personId: '', role: 'public', organisationId: asking.items.own.organisation.id }
  const send: Send = (method, url, payload) => raw(method, url, payload === undefined ? {} : { payload })
  const more: With = { actor: role === 'public' ? nobody : asking.actors[role], views: asking.views, send }
  const go = async (place: Place | undefined, asked: Asked) => {
    const ask = await asked
    asking.takeWritten()
    const answer = await raw(route.method, addressOf(route.url, ask), ask)
    const what = `${route.method} ${route.url} as ${role}${place === undefined ? '' : `, ${place}`}`
    const outcome = outcomeOf(what, answer, call.kind === 'list' ? [] : call.alsoAllowed)
    return { answer, result: { place, outcome, wrote: asking.takeWritten() } }
  }
  if (call.kind === 'once') {
    const asked = () => go(undefined, call.ask(more))
    return [(await (call.stays === true ? asking.keeping(asked) : asked())).result]
  }
  if (call.kind === 'list') {
    const { answer, result } = await go(undefined, call.ask(more))
    if (result.outcome !== 'allowed') return [result]
    const outcomeAt = (place: Place) => (call.holds(answer.payload, asking.items[place]) ? 'allowed' : 'hidden')
    return placesOf(call).map((place) => ({ ...result, place, outcome: outcomeAt(place) }))
  }
  const cell: Result[] = []
  for (const place of placesOf(call)) {
    const item = asking.items[place]
    const { answer, result } = await go(place, call.ask(item, more))
    const done = result.outcome === 'allowed' && answer.statusCode < 300
    cell.push(done && call.outcome ? { ...result, outcome: call.outcome(answer.json<never>(), item) } : result)
  }
  return cell
}

/** One sign for each place, or one for all that are the same. */
export function signsOf(cell: Cell): string {
  const all = cell.map(({ outcome }) => signs[outcome])
  return new Set(all).size === 1 ? all[0]! : all.join('')
}

function addressOf(url: string, { params = {}, query = {} }: Ask): string {
  const path = url
    .replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? `no-${name}`))
    .replace('*', params['*'] ?? '*')
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}
