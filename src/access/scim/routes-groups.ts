import { z } from 'zod'

import type { AccessDeps } from '#access/deps.ts'
import { todayOf } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { readFilter } from './filter.ts'
import { groupById, groupResource, groupVersion, patchMembers, setMembers } from './groups.ts'
import {
  choose,
  etagOf,
  groupSchema,
  listOf,
  listQuerySchema,
  patchSchema,
  refuseOtherVersion,
  resourceSchema,
} from './model.ts'
import { baseOf } from './base.ts'
import { type GroupRow, listGroups } from './store.ts'
import { roleNamed, roleValue } from './users.ts'

const config = { action: 'provision' } as const
const tags = ['provisioning']
const byId = z.object({ id: z.string().max(100) })

export function groupRoutes(app: App, deps: AccessDeps, forget: (personId: string) => void): void {
  const asked = (actor: Actor) => ({ within: actor.organisationId, today: todayOf(deps) })
  readingRoutes(app, deps, asked)
  const save = async (
    actor: Actor,
    { id, seen }: { id: string; seen: string | undefined },
    members: (before: GroupRow) => ReadonlySet<string>,
  ): Promise<GroupRow> => {
    const { before, after } = await deps.tx(actor, async (t) => {
      const group = await groupById(t.db, id, asked(actor))
      refuseOtherVersion(seen, groupVersion(group))
      await setMembers(t, deps, group, members(group))
      return { before: group, after: await groupById(t.db, id, asked(actor)) }
    })
    for (const { id: gone } of before.members) forget(gone)
    return after
  }
  const named = (members: z.output<typeof groupSchema>['members']) =>
    new Set((members ?? []).map(({ value }) => value.toLowerCase()))
  app.post(
    '/scim/v2/Groups',
    {
      config,
      schema: {
        tags,
        summary: 'Give a role (`planner@AOB-SOMU`) that nobody holds yet to its first members',
        body: groupSchema,
        response: { 201: resourceSchema },
      },
    },
    async (request, reply) => {
      const row = await deps.tx(request.actor, async (t) => {
        const { role, organisationId } = await roleNamed(t, request.body.displayName)
        const id = `${role}:${organisationId}`
        const group = await groupById(t.db, id, asked(request.actor))
        if (group.members.length > 0) throw new AppError('already-exists', { what: 'group' })
        await setMembers(t, deps, group, named(request.body.members))
        return groupById(t.db, id, asked(request.actor))
      })
      const resource = groupResource(row, baseOf(request))
      return reply
        .status(201)
        .header('etag', etagOf(groupVersion(row)))
        .send(resource)
    },
  )
  app.put(
    '/scim/v2/Groups/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Make the holders of a role those named',
        params: byId,
        body: groupSchema,
        response: { 200: resourceSchema },
      },
    },
    async (request, reply) => {
      const which = { id: request.params.id, seen: request.headers['if-match'] }
      const row = await save(request.actor, which, () => named(request.body.members))
      return reply.header('etag', etagOf(groupVersion(row))).send(groupResource(row, baseOf(request)))
    },
  )
  app.patch(
    '/scim/v2/Groups/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Give a role to members or end it',
        params: byId,
        body: patchSchema,
        response: { 200: resourceSchema },
      },
    },
    async (request, reply) => {
      const which = { id: request.params.id, seen: request.headers['if-match'] }
      const row = await save(request.actor, which, (before) =>
        patchMembers(
          before.members.map(({ id }) => id),
          request.body.Operations,
        ),
      )
      return reply.header('etag', etagOf(groupVersion(row))).send(groupResource(row, baseOf(request)))
    },
  )
}

type Asked = (actor: Actor) => { within: string; today: string }

function readingRoutes(app: App, deps: AccessDeps, asked: Asked): void {
  app.get(
    '/scim/v2/Groups',
    {
      config,
      schema: {
        tags,
        summary: 'Roles that somebody holds today',
        querystring: listQuerySchema,
        response: { 200: resourceSchema },
      },
    },
    async (request) => {
      const { query } = request
      const filter = readFilter(query.filter, ['displayName', 'id'])
      const groups = (await listGroups(deps.db, asked(request.actor))).filter(
        (row) =>
          row.role !== 'supplier' &&
          (filter === undefined ||
            (filter.attribute === 'id' ? `${row.role}:${row.organisationId}` : roleValue(row.role, row.code)) ===
              filter.value),
      )
      const shown = groups.slice(query.startIndex - 1, query.startIndex - 1 + query.count)
      const base = baseOf(request)
      return listOf(
        shown.map((row) => choose(groupResource(row, base), query)),
        groups.length,
        query.startIndex,
      )
    },
  )
  app.get(
    '/scim/v2/Groups/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Who holds a role today',
        params: byId,
        querystring: listQuerySchema,
        response: { 200: resourceSchema },
      },
    },
    async (request, reply) => {
      const row = await groupById(deps.db, request.params.id, asked(request.actor))
      const resource = choose(groupResource(row, baseOf(request)), request.query)
      return reply.header('etag', etagOf(groupVersion(row))).send(resource)
    },
  )
}
