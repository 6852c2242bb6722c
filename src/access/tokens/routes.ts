import { z } from 'zod'

import type { AccessDeps } from '#access/deps.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { madeTokenSchema, newTokenSchema, ownTokensSchema, tokenOfSomeoneSchema, tokenScopes } from './api.ts'
import { makeToken, revokeToken } from './make-token.ts'
import { ownTokens, tokensBelow } from './store-tokens.ts'
import { deedOfScope } from './token-scopes.ts'

const tags = ['access']

export function tokenRoutes(app: App, deps: AccessDeps): void {
  app.get(
    '/api/v1/tokens',
    {
      config: { action: 'own-account' },
      schema: { tags, summary: "One's own API tokens, without their values", response: { 200: ownTokensSchema } },
    },
    async ({ actor }) => ({
      items: await ownTokens(deps.db, actor.personId, deps.now().toISOString()),
      days: deps.tokenDays,
      scopes: tokenScopes.filter((scope) => deps.rights.mayAll(actor)[deedOfScope[scope]]),
    }),
  )
  app.post(
    '/api/v1/tokens',
    {
      config: { action: 'make-token' },
      schema: {
        tags,
        summary: 'Make an API token in the role of the session; its value is answered this once',
        body: newTokenSchema,
        response: { 201: madeTokenSchema },
      },
    },
    async ({ actor, body }, reply) =>
      // A value that must not stay in a cache on the way.
      reply
        .status(201)
        .header('cache-control', 'no-store')
        .send(await makeToken(deps, actor, body)),
  )
  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { action: 'make-token' },
      schema: {
        tags,
        summary: 'Revoke an API token: by its person, or by an administrator of its organisation',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async ({ actor, params }, reply) => {
      if (actor.tokenId !== undefined)
        throw new AppError('not-permitted', { action: 'make-token', reason: 'session-only' })
      await revokeToken(deps, actor, params.id)
      return reply.status(204).send(null)
    },
  )
  app.get(
    '/api/v1/organisation-tokens',
    {
      config: { action: 'manage-tokens' },
      schema: {
        tags,
        summary: 'API tokens of the organisations below the role, without their values',
        response: { 200: z.object({ items: z.array(tokenOfSomeoneSchema) }) },
      },
    },
    async ({ actor }) => {
      deps.may(actor, 'manage-tokens')
      return { items: await tokensBelow(deps.db, actor.organisationId, deps.now().toISOString()) }
    },
  )
}
