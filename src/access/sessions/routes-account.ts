import { z } from 'zod'

import { ownSessionSchema } from '#access/api.ts'
import { personPath } from '#access/store.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { endSessions } from './end-sessions.ts'
import type { SessionDeps } from './routes.ts'
import { listSessions } from './sessions.ts'

const tags = ['access']

/** Where one is signed in, and how that is ended. */
export function accountRoutes(app: App, deps: SessionDeps): void {
  app.get(
    '/api/v1/sessions',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Where one is signed in: here first, then the latest',
        response: { 200: z.object({ sessions: z.array(ownSessionSchema) }) },
      },
    },
    async (request) => ({
      sessions: await listSessions(deps.db, deps.now(), deps.sessionLimits, {
        personId: request.actor.personId,
        token: deps.cookies.read(request),
      }),
    }),
  )
  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Sign out one of one’s own sessions',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ ended: z.int() }) },
      },
    },
    async (request, reply) => {
      const { personId } = request.actor
      const ended = await endSessions(deps, request.actor, { id: request.params.id, personId }, 'left')
      if (ended.length === 0) throw new AppError('not-found', { session: request.params.id })
      return reply.send({ ended: ended.length })
    },
  )
  app.delete(
    '/api/v1/sessions',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Sign out everywhere, here too',
        response: { 200: z.object({ ended: z.int() }) },
      },
    },
    async (request, reply) => {
      const { personId } = request.actor
      const ended = await endSessions(deps, request.actor, { personId }, 'everywhere')
      deps.cookies.clear(reply)
      return reply.send({ ended: ended.length })
    },
  )
  app.delete(
    '/api/v1/persons/:id/sessions',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Sign a person out everywhere',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ ended: z.int() }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const path = await personPath(deps.db, id)
      if (!path) throw new AppError('not-found', { person: id })
      deps.may(request.actor, 'manage-people', { organisationPath: path })
      const ended = await endSessions(deps, request.actor, { personId: id }, 'administrator')
      return reply.send({ ended: ended.length })
    },
  )
}
