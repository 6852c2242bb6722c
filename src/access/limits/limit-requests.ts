import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Db } from '#platform/database.ts'
import { askedFor } from '#platform/asked-for.ts'
import { AppError } from '#platform/errors.ts'
import { isData } from '#platform/headers.ts'
import type { App } from '#platform/http.ts'
import type { Now } from '#platform/ids.ts'
import '#access/request.ts'

import { countShared } from './rate-count.ts'
import { type Counted, type Limits, rateCounter } from './rate-limit.ts'

export type LimitStranger = (request: FastifyRequest, reply: FastifyReply) => void
type Deps = { readonly db: Db; readonly now: Now; readonly limits: Limits }

/**
 * Holds back who asks too often: the API by person or token; sign-in by address and by person. To be registered after
 * everybody is recognised.
 * @throws AppError `too-many-requests` with the seconds to wait, also as `retry-after`
 */
export function limitRequests(app: App, deps: Deps): void {
  const count = rateCounter(deps.now)
  app.addHook('onRequest', async (request, reply) => {
    const { personId, tokenId } = request.actor
    // Several sessions of one person share the number: it is the person who asks.
    const key = tokenId === undefined ? `person ${personId}` : `token ${tokenId}`
    if (personId !== '' && ofApi(request)) refuseIfSpent(reply, count(key, deps.limits.api), 'api')
    if (request.routeOptions.config.signIn === true)
      refuseIfSpent(
        reply,
        await countShared(deps, `sign-in address ${request.ip}`, deps.limits.signInAddress),
        'sign-in',
      )
  })
  // The body is read by now; whom it names is counted whether or not there is such a person.
  app.addHook('preHandler', async (request, reply) => {
    const person = request.routeOptions.config.signIn === true ? personNamed(request) : undefined
    if (person === undefined) return
    refuseIfSpent(reply, await countShared(deps, `sign-in person ${person}`, deps.limits.signInPerson), 'sign-in')
  })
}

/** For requests of nobody who is known, before they are told to sign in. */
export function limitStrangers(deps: Pick<Deps, 'now' | 'limits'>): LimitStranger {
  const count = rateCounter(deps.now)
  return (request, reply) => {
    if (ofApi(request)) refuseIfSpent(reply, count(`address ${request.ip}`, deps.limits.apiAddress), 'api')
  }
}

const ofApi = (request: FastifyRequest) => isData(askedFor(request))

function personNamed({ body }: FastifyRequest): string | undefined {
  const named = typeof body === 'object' && body !== null && 'personId' in body ? body.personId : undefined
  return typeof named === 'string' ? named.toLowerCase() : undefined
}

function refuseIfSpent(reply: FastifyReply, counted: Counted, what: 'api' | 'sign-in'): void {
  if (counted.ok) return
  void reply.header('retry-after', counted.retryAfter)
  throw new AppError('too-many-requests', { retryAfter: counted.retryAfter, what })
}
