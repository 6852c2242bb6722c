import type { FastifyReply } from 'fastify'
import { z } from 'zod'

import { type Me, meSchema, personSchema } from '#access/api.ts'
import type { AccessDeps } from '#access/deps.ts'
import { roleSchema } from '#access/model.ts'
import { systemActor } from '#access/nobody.ts'
import { todayOf } from '#access/office-day.ts'
import { type Entered, enterLocally, switchRole } from '#access/sign-in/enter.ts'
import type { Providers } from '#access/sign-in/oidc-providers.ts'
import { signOutAddress } from '#access/sign-in/oidc-sign-out.ts'
import { localPeople } from '#access/store.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import type { Cookies } from './cookies.ts'
import { deviceOf } from './device-words.ts'
import { endSessions } from './end-sessions.ts'
import { meOf } from './me.ts'
import type { SessionMemory } from './recognise.ts'

export type SessionDeps = AccessDeps & {
  readonly cookies: Cookies
  readonly memory: SessionMemory | undefined
  readonly providers: Providers
}

const tags = ['access']
const wantedRole = {
  organisationId: z.uuid().optional(),
  onBehalfOf: z.uuid().optional(),
  supplierId: z.uuid().optional(),
}

/** Hands the cookie over, and says who is signed in now. */
async function enteredAs(deps: SessionDeps, reply: FastifyReply, { token, actor }: Entered): Promise<Me> {
  deps.cookies.set(reply, token, deps.sessionLimits.absoluteMs)
  return meOf(deps, actor)
}

export function sessionRoutes(app: App, deps: SessionDeps): void {
  localRoutes(app, deps)
  app.patch(
    '/api/v1/session',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Act in another role that one holds, or as a deputy',
        body: z.strictObject({ role: roleSchema, ...wantedRole }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      const token = deps.cookies.read(request)
      if (token === undefined) throw new AppError('not-permitted', { action: 'own-account', reason: 'session-only' })
      const entered = await switchRole(deps, request.actor, token, request.body)
      deps.memory?.forget(token)
      return enteredAs(deps, reply, entered)
    },
  )
  app.delete(
    '/api/v1/session',
    {
      config: { open: true, why: 'leaving needs no right' },
      schema: {
        tags,
        summary: 'Sign out; `to`: where the provider ends its own session too',
        response: { 200: z.object({ to: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      const token = deps.cookies.read(request)
      const actor = request.actor.personId === '' ? systemActor : request.actor
      const [closed] = token === undefined ? [] : await endSessions(deps, actor, { token }, 'left')
      deps.cookies.clear(reply)
      return { to: closed === undefined ? null : await signOutAddress(deps, closed) }
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

/** Evaluation mode: one chooses a person. */
function localRoutes(app: App, deps: SessionDeps): void {
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
    async () => ({ people: deps.evaluation ? await asSystem(() => localPeople(deps.db, todayOf(deps))) : [] }),
  )
  app.post(
    '/api/v1/session',
    {
      config: { open: true, signIn: true, why: 'signing in comes before any right' },
      schema: {
        tags,
        summary: 'Sign in (evaluation mode)',
        body: z.strictObject({ personId: z.uuid(), role: roleSchema.optional(), ...wantedRole }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      if (!deps.evaluation) throw new AppError('not-permitted', { action: 'sign-in', reason: 'evaluation-off' })
      const { personId, ...wanted } = request.body
      const device = deviceOf(request.headers['user-agent'])
      const entered = await enterLocally(deps, { personId, wanted, device })
      await leaveBehind(deps, deps.cookies.read(request))
      return enteredAs(deps, reply, entered)
    },
  )
}

/** Whoever signs in anew in the same browser leaves the session before: no cookie of earlier lives on. */
export async function leaveBehind(deps: SessionDeps, before: string | undefined): Promise<void> {
  if (before !== undefined) await endSessions(deps, systemActor, { token: before }, 'new-sign-in')
}
