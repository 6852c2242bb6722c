import { z } from 'zod'

import type { AccessDeps } from '#access/deps.ts'
import { endSchema, newDeputySchema, newRoleSchema } from '#access/people/api.ts'
import type { Forget } from '#access/people/routes.ts'
import type { App } from '#platform/http.ts'

import { endRole } from './end-role.ts'
import { giveRole } from './give-role.ts'
import { endDeputy, nameDeputy } from './name-deputy.ts'

const tags = ['access']
const byId = z.object({ id: z.uuid() })
const made = z.object({ id: z.uuid() })

export function roleRoutes(app: App, deps: AccessDeps, forget: Forget): void {
  app.post(
    '/api/v1/persons/:id/roles',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'Give a role for an organisation and what lies below it, from one day to another',
        params: byId,
        body: newRoleSchema,
        response: { 201: made },
      },
    },
    async ({ actor, params, body }, reply) =>
      reply.status(201).send(await giveRole(deps, actor, { personId: params.id, ...body })),
  )
  app.post(
    '/api/v1/roles-held/:id/end',
    {
      config: { action: 'manage-people' },
      schema: {
        tags,
        summary: 'End a role; `to` is its last day, yesterday ends it at once',
        params: byId,
        body: endSchema,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params, body }, reply) => {
      const closed = await endRole(deps, actor, { id: params.id, to: body.to })
      closed.forEach(forget)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/roles-held/:id/deputies',
    {
      config: { action: 'name-deputy' },
      schema: {
        tags,
        summary: 'Name who acts for the holder of a role, from one day to another',
        params: byId,
        body: newDeputySchema,
        response: { 201: made },
      },
    },
    async ({ actor, params, body }, reply) =>
      reply.status(201).send(await nameDeputy(deps, actor, { roleHeldId: params.id, ...body })),
  )
  app.post(
    '/api/v1/deputies/:id/end',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'End a deputy: by the holder, an administrator, or the deputy; `to` is the last day',
        params: byId,
        body: endSchema,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params, body }, reply) => {
      forget(await endDeputy(deps, actor, { id: params.id, to: body.to }))
      return reply.status(204).send(null)
    },
  )
}
