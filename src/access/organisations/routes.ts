import { z } from 'zod'

import { newOrganisationSchema, organisationChangeSchema, organisationSchema } from '#access/api.ts'
import type { AccessDeps } from '#access/deps.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import { listOrganisations } from '#access/store.ts'
import type { App } from '#platform/http.ts'

import { addOrganisation } from './add-organisation.ts'
import { changeOrganisation } from './change-organisation.ts'

export function organisationRoutes(app: App, deps: AccessDeps): void {
  const tags = ['access']
  app.get(
    '/api/v1/organisations',
    {
      config: { action: 'read-organisations' },
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
      config: { action: 'manage-organisations' },
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
      config: { action: 'manage-organisations' },
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
