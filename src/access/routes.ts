import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import type { Now } from '#platform/ids.ts'

import { addOrganisation } from './add-organisation.ts'
import {
  logEntrySchema,
  type Me,
  meSchema,
  newOrganisationSchema,
  organisationChangeSchema,
  organisationSchema,
  personSchema,
} from './api.ts'
import { changeOrganisation } from './change-organisation.ts'
import { type May, mayAll } from './may.ts'
import { type Role, roleSchema } from './model.ts'
import { etagOf, seenVersion } from './request.ts'
import { closeSession, holdsRole, limits, openSession, readSession, sessionMemory } from './sessions.ts'
import { listLog, listOrganisations, localPeople, whoIs } from './store.ts'

export type AccessDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly engine: Me['engine']
  /** Local sign-in without a password is on. */
  readonly evaluation: boolean
  readonly demoPresent: (db: Db) => Promise<boolean>
  readonly finderInForce: () => Me['finder']
}

type Memory = ReturnType<typeof sessionMemory> | undefined

const cookieName = 'tenbin_session'
const nobody: Actor = { personId: '', role: '', organisationId: '' }

/** Every route below `/api/v1` needs a session, except those marked `config: { open: true }`. */
function requireSignIn(app: App, deps: AccessDeps, memory: Memory): void {
  app.decorateRequest('actor')
  const recognise = async (token: string): Promise<Actor | undefined> => {
    const known = memory?.recall(token)
    if (known) return known
    const actor = await readSession(deps.db, deps.now, token)
    if (actor) memory?.keep(token, actor)
    return actor
  }
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[cookieName]
    const actor = token === undefined ? undefined : await recognise(token)
    request.actor = actor ?? nobody
    const needed = request.url.startsWith('/api/v1/') && request.routeOptions.config.open !== true
    if (needed && !actor) throw new AppError('not-signed-in')
    refuseForeignOrigin(request)
  })
}

/** A page of another site must not act with this person's cookie. Tools that send no Origin are not browsers. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || origin === undefined) return
  if (URL.parse(origin)?.host !== host) throw new AppError('not-permitted', { reason: 'foreign-origin', origin })
}

async function meOf(deps: AccessDeps, actor: Actor): Promise<Me> {
  const who = await whoIs(deps.db, actor.personId)
  if (!who) throw new AppError('not-signed-in')
  return {
    ...who,
    heldFor: actor.organisationId,
    role: actor.role as Role,
    demo: await deps.demoPresent(deps.db),
    evaluation: deps.evaluation,
    engine: deps.engine,
    may: mayAll(actor),
    finder: deps.finderInForce(),
  }
}

export function accessRoutes(app: App, deps: AccessDeps): void {
  const memory = deps.engine === 'pglite' ? sessionMemory(deps.now) : undefined
  requireSignIn(app, deps, memory)
  sessionRoutes(app, deps, memory)
  organisationRoutes(app, deps)
  logRoutes(app, deps)
}

function sessionRoutes(app: App, deps: AccessDeps, memory: Memory): void {
  const tags = ['access']
  const leave = async (token: string): Promise<void> => {
    memory?.forget(token)
    await closeSession(deps.db, token)
  }
  const enter = async (reply: FastifyReply, personId: string, role: Role | undefined): Promise<Me> => {
    if (!deps.evaluation) throw new AppError('not-permitted', { action: 'sign-in', reason: 'evaluation-off' })
    const who = await whoIs(deps.db, personId)
    if (!who) throw new AppError('not-found', { person: personId })
    const held = await holdsRole(deps.db, deps.now, personId, role)
    const token = await openSession(deps.db, deps.now, { personId, ...held })
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
      config: { open: true },
      schema: {
        tags,
        summary: 'People to choose from at the local sign-in of evaluation mode',
        response: { 200: z.object({ people: z.array(personSchema) }) },
      },
    },
    async () => ({ people: deps.evaluation ? await localPeople(deps.db) : [] }),
  )
  app.post(
    '/api/v1/session',
    {
      config: { open: true },
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
    { config: { open: true }, schema: { tags, summary: 'Sign out', response: { 204: z.null() } } },
    async (request, reply) => {
      const token = request.cookies[cookieName]
      if (token !== undefined) await leave(token)
      return reply.clearCookie(cookieName, { path: '/' }).status(204).send(null)
    },
  )
  app.get(
    '/api/v1/me',
    { schema: { tags, summary: 'Who is signed in, and what that person may do', response: { 200: meSchema } } },
    async (request) => meOf(deps, request.actor),
  )
}

function organisationRoutes(app: App, deps: AccessDeps): void {
  const tags = ['access']
  app.get(
    '/api/v1/organisations',
    {
      schema: {
        tags,
        summary: 'All organisations, parents before children',
        response: { 200: z.object({ organisations: z.array(organisationSchema) }) },
      },
    },
    async () => ({ organisations: await listOrganisations(deps.db) }),
  )
  app.post(
    '/api/v1/organisations',
    {
      schema: {
        tags,
        summary: 'Add an organisation',
        body: newOrganisationSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await addOrganisation(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/organisations/:id',
    {
      schema: {
        tags,
        summary: 'Rename or end an organisation (If-Match)',
        params: z.object({ id: z.uuid() }),
        body: organisationChangeSchema,
        response: { 200: z.object({ version: z.int() }) },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request)
      await changeOrganisation(deps, request.actor, { id: request.params.id, version, change: request.body })
      return reply.header('etag', etagOf(version + 1)).send({ version: version + 1 })
    },
  )
}

function logRoutes(app: App, deps: AccessDeps): void {
  app.get(
    '/api/v1/log',
    {
      schema: {
        tags: ['audit'],
        summary: 'What was done, newest first',
        querystring: z.strictObject({
          cursor: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: z.object({ items: z.array(logEntrySchema), next: z.uuid().nullable() }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-log')
      const { cursor, limit } = request.query
      const items = await listLog(deps.db, request.actor.organisationId, limit, cursor)
      return { items, next: items.length === limit ? items.at(-1)!.id : null }
    },
  )
}
