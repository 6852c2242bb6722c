import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { AccessDeps } from '#access/deps.ts'
import { todayOf } from '#access/office-day.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { readFilter } from './filter.ts'
import {
  choose,
  etagOf,
  listOf,
  listQuerySchema,
  patchSchema,
  refuseOtherVersion,
  resourceSchema,
  userSchema,
} from './model.ts'
import { patchUser } from './patch.ts'
import { baseOf } from './base.ts'
import { listUsers, userById, type UserRow } from './store.ts'
import { createUser, replaceUser, userIn, userResource } from './users.ts'

const config = { action: 'provision' } as const
const tags = ['provisioning']
const byId = z.object({ id: z.uuid() })
const filters = ['userName', 'externalId', 'id', 'emails.value']

export function userRoutes(app: App, deps: AccessDeps, forget: (personId: string) => void): void {
  readingRoutes(app, deps)
  const save = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    user: (before: UserRow) => Parameters<typeof replaceUser>[3],
  ) => {
    const { id } = request.params
    const row = await deps.tx(request.actor, async (t) => {
      const before = await userIn(t, deps, id)
      refuseOtherVersion(request.headers['if-match'], before.version)
      await replaceUser(t, deps, before, user(before))
      return userIn(t, deps, id)
    })
    forget(id)
    return reply.header('etag', etagOf(row.version)).send(userResource(row, baseOf(request)))
  }
  app.post(
    '/scim/v2/Users',
    { config, schema: { tags, summary: 'Add a person', body: userSchema, response: { 201: resourceSchema } } },
    async (request, reply) => {
      const row = await deps.tx(request.actor, async (t) => userIn(t, deps, await createUser(t, deps, request.body)))
      const resource = userResource(row, baseOf(request))
      return reply
        .status(201)
        .header('etag', etagOf(row.version))
        .header('location', `${baseOf(request)}/Users/${row.id}`)
        .send(resource)
    },
  )
  app.put(
    '/scim/v2/Users/:id',
    {
      config,
      schema: { tags, summary: 'Replace a person', params: byId, body: userSchema, response: { 200: resourceSchema } },
    },
    async (request, reply) => save(request, reply, () => request.body),
  )
  app.patch(
    '/scim/v2/Users/:id',
    {
      config,
      schema: { tags, summary: 'Change a person', params: byId, body: patchSchema, response: { 200: resourceSchema } },
    },
    async (request, reply) =>
      save(request, reply, (before) => patchUser({ ...userResource(before, '') }, request.body.Operations)),
  )
}

function readingRoutes(app: App, deps: AccessDeps): void {
  app.get(
    '/scim/v2/Users',
    {
      config,
      schema: {
        tags,
        summary: 'People of the organisation of the token and below',
        querystring: listQuerySchema,
        response: { 200: resourceSchema },
      },
    },
    async (request) => {
      const { query, actor } = request
      const filter = readFilter(query.filter, filters)
      const { total, users } = await listUsers(deps.db, {
        within: actor.organisationId,
        today: todayOf(deps),
        startIndex: query.startIndex,
        count: query.count,
        ...filter,
      })
      const base = baseOf(request)
      const shown = users.map((row) => choose(userResource(row, base), query))
      return listOf(shown, total, query.startIndex)
    },
  )
  app.get(
    '/scim/v2/Users/:id',
    {
      config,
      schema: {
        tags,
        summary: 'A person',
        params: byId,
        querystring: listQuerySchema,
        response: { 200: resourceSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const within = request.actor.organisationId
      const row = await userById(deps.db, request.params.id, { within, today: todayOf(deps) })
      if (!row) throw new AppError('not-found', { person: request.params.id })
      void reply.header('etag', etagOf(row.version))
      if (request.headers['if-none-match'] === etagOf(row.version)) return reply.status(304).send(null)
      return reply.send(choose(userResource(row, baseOf(request)), request.query))
    },
  )
}
