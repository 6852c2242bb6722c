import type { FastifyRequest } from 'fastify'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Action } from './model.ts'

declare module 'fastify' {
  // Fastify is extended by merging into its interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface FastifyRequest {
    /** Who is asking. Reading it on a route that is open to all, without sign-in, throws `not-signed-in`. */
    actor: Actor
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface FastifyContextConfig {
    /** What is done on the route: asked before anything of the request is read (route-actions.ts). */
    action?: Action
    /** Open without sign-in, and why. */
    open?: true
    why?: string
    /** An attempt to sign in: counted by address and person (limit-requests.ts). */
    signIn?: true
  }
}

/** @returns the version the person saw (If-Match, a strong ETag `"3"`). @throws AppError `version-missing` */
export function seenVersion(request: FastifyRequest): number {
  const match = /^"(\d+)"$/.exec(request.headers['if-match'] ?? '')
  if (!match) throw new AppError('version-missing', { header: 'If-Match' })
  return Number(match[1])
}

export const etagOf = (version: number) => `"${version}"`
