import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { addPerson } from './add-person.ts'
import { changePerson } from './change-person.ts'
import type { AccessDeps } from '#access/deps.ts'
import { disablePerson, enablePerson } from './disable-person.ts'
import { erasePerson } from './erase-person.ts'
import { todayOf } from '#access/office-day.ts'
import {
  listedPersonSchema,
  newPersonSchema,
  peopleQuerySchema,
  personChangeSchema,
  personDetailSchema,
  personRefSchema,
} from './api.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import { findColleagues, listPeople, personById, readPerson } from './store-people.ts'

/** Called with whoever may be remembered as signed in although shut out just now. */
export type Forget = (personId: string) => void

const tags = ['access']
const byId = z.object({ id: z.uuid() })
const nothing = z.null()
const cursorSchema = z.tuple([z.string(), z.string(), z.uuid()])

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new AppError('bad-input', { in: 'querystring', issues: [{ path: '/cursor', keyword: 'cursor' }] })
  }
}

export function peopleRoutes(app: App, deps: AccessDeps, forget: Forget): void {
  readingRoutes(app, deps)
  writingRoutes(app, deps)
  stateRoutes(app, deps, forget)
}

function readingRoutes(app: App, deps: AccessDeps): void {
  app.get(
    '/api/v1/persons',
    {
      config: { action: 'read-people' },
      schema: {
        tags,
        summary: 'People of the organisations below the role, with the roles they hold today',
        querystring: peopleQuerySchema,
        response: { 200: z.object({ items: z.array(listedPersonSchema), next: z.string().nullable() }) },
      },
    },
    async ({ query, actor }) => {
      deps.may(actor, 'read-people')
      const rows = await listPeople(deps.db, query, {
        today: todayOf(deps),
        within: actor.organisationId,
        after: readCursor(query.cursor),
      })
      const shown = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? shown.at(-1)!.key : undefined
      const next = last === undefined ? null : Buffer.from(JSON.stringify(last)).toString('base64url')
      return { items: shown.map(({ key: _key, ...person }) => person), next }
    },
  )
  app.get(
    '/api/v1/persons/:id',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'A person with roles, deputies and their history: of the organisations below the role, or oneself',
        params: byId,
        response: { 200: personDetailSchema },
      },
    },
    async ({ params: { id }, actor }, reply) => {
      const seen = await personById(deps.db, id)
      if (!seen) throw new AppError('not-found', { person: id })
      if (id !== actor.personId) deps.may(actor, 'read-people', { organisationPath: seen.path })
      const person = await readPerson(deps.db, id, todayOf(deps))
      if (!person) throw new AppError('not-found', { person: id })
      return reply.header('etag', etagOf(person.version)).send(person)
    },
  )
  app.get(
    '/api/v1/colleagues',
    {
      config: { action: 'name-deputy' },
      schema: {
        tags,
        summary: 'People of the own ministry by name or post, to name one as a deputy',
        querystring: z.strictObject({ q: z.string().trim().min(1).max(100) }),
        response: { 200: z.object({ items: z.array(personRefSchema) }) },
      },
    },
    async ({ query, actor }) => {
      deps.may(actor, 'name-deputy')
      return { items: await findColleagues(deps.db, actor.personId, query.q) }
    },
  )
}

function writingRoutes(app: App, deps: AccessDeps): void {
  app.post(
    '/api/v1/persons',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Add a person',
        body: newPersonSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async ({ actor, body }, reply) => reply.status(201).send(await addPerson(deps, actor, body)),
  )
  app.patch(
    '/api/v1/persons/:id',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Change name, post, organisation, address or language of a person (If-Match)',
        params: byId,
        body: personChangeSchema,
        response: { 200: z.object({ version: z.int() }) },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request)
      await changePerson(deps, request.actor, { id: request.params.id, version, change: request.body })
      return reply.header('etag', etagOf(version + 1)).send({ version: version + 1 })
    },
  )
}

function stateRoutes(app: App, deps: AccessDeps, forget: Forget): void {
  app.post(
    '/api/v1/persons/:id/disable',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Shut a person out at once: sessions end, tokens are revoked',
        params: byId,
        response: { 204: nothing },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await disablePerson(deps, actor, id)
      forget(id)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/persons/:id/enable',
    {
      config: { action: 'manage-people' },
      schema: { tags, summary: 'Let a person in again', params: byId, response: { 204: nothing } },
    },
    async ({ actor, params: { id } }, reply) => {
      await enablePerson(deps, actor, id)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/persons/:id/erase',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Remove what is personal of a person; the id stays in the history (If-Match)',
        params: byId,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await erasePerson(deps, request.actor, { id, version: seenVersion(request) })
      forget(id)
      return reply.status(204).send(null)
    },
  )
}
