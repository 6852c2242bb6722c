import type { FastifyReply } from 'fastify'
import { z } from 'zod'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import { type Me, meSchema, personSchema } from './api.ts'
import type { AccessDeps } from './deps.ts'
import { mayAll } from './may.ts'
import { type Role, roleSchema } from './model.ts'
import { cookieName, type Memory } from './require-sign-in.ts'
import { closeSession, holdsRole, limits, openSession } from './sessions.ts'
import { localPeople, whoIs } from './store.ts'

async function meOf(deps: AccessDeps, actor: Actor): Promise<Me> {
  const who = await asSystem(() => whoIs(deps.db, actor.personId))
  if (!who) throw new AppError('not-signed-in')
  return {
    ...who,
    heldFor: actor.organisationId,
    role: actor.role as Role,
    demo: await asSystem(() => deps.demoPresent(deps.db)),
    evaluation: deps.evaluation,
    engine: deps.engine,
    may: mayAll(actor),
    finder: deps.finderInForce(),
  }
}

export function sessionRoutes(app: App, deps: AccessDeps, memory: Memory): void {
  const tags = ['access']
  const leave = async (token: string): Promise<void> => {
    memory?.forget(token)
    await asSystem(() => closeSession(deps.db, token))
  }
  const enter = async (reply: FastifyReply, personId: string, role: Role | undefined): Promise<Me> => {
    if (!deps.evaluation) throw new AppError('not-permitted', { action: 'sign-in', reason: 'evaluation-off' })
    const who = await asSystem(() => whoIs(deps.db, personId))
    if (!who) throw new AppError('not-found', { person: personId })
    const held = await asSystem(() => holdsRole(deps.db, deps.now, personId, role))
    const token = await asSystem(() => openSession(deps.db, deps.now, { personId, ...held }))
    void reply.setCookie(cookieName, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      maxAge: limits.absoluteMs / 1000,
    })
    return meOf(deps, { personId, ...held })
  }
  app.get(
    '/api/v1/people',
    {
      config: { open: true, why: 'the local sign-in of evaluation mode shows whom one may choose; empty otherwise' },
      schema: {
        tags,
        summary: 'People to choose from at the local sign-in of evaluation mode',
        response: { 200: z.object({ people: z.array(personSchema) }) },
      },
    },
    async () => ({ people: deps.evaluation ? await asSystem(() => localPeople(deps.db)) : [] }),
  )
  app.post(
    '/api/v1/session',
    {
      config: { open: true, why: 'signing in comes before any right' },
      schema: {
        tags,
        summary: 'Sign in (evaluation mode)',
        body: z.strictObject({ personId: z.uuid(), role: roleSchema.optional() }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => enter(reply, request.body.personId, request.body.role),
  )
  app.patch(
    '/api/v1/session',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Act in another role that one holds',
        body: z.strictObject({ role: roleSchema }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      const old = request.cookies[cookieName]
      const me = await enter(reply, request.actor.personId, request.body.role)
      if (old !== undefined) await leave(old)
      return me
    },
  )
  app.delete(
    '/api/v1/session',
    {
      config: { open: true, why: 'leaving needs no right' },
      schema: { tags, summary: 'Sign out', response: { 204: z.null() } },
    },
    async (request, reply) => {
      const token = request.cookies[cookieName]
      if (token !== undefined) await leave(token)
      return reply.clearCookie(cookieName, { path: '/' }).status(204).send(null)
    },
  )
  app.get(
    '/api/v1/me',
    {
      config: { action: 'own-account' },
      schema: { tags, summary: 'Who is signed in, and what that person may do', response: { 200: meSchema } },
    },
    async (request) => meOf(deps, request.actor),
  )
}
