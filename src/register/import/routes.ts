import { z } from 'zod'

import type { App } from '#platform/http.ts'

import { savedMapSchema } from './api.ts'
import { removeMap, savedMaps, saveMap } from './column-maps.ts'
import type { AllMaps, ImportRoutesDeps } from './deps.ts'
import { jobRoutes } from './routes-jobs.ts'
import { readingRoutes } from './routes-reading.ts'
import { resultRoutes } from './routes-results.ts'

const tags = ['import']

export function importRoutes(app: App, deps: ImportRoutesDeps): void {
  const maps: AllMaps = async () => [...(await savedMaps(deps.db)), ...deps.shipped]
  readingRoutes(app, deps, maps)
  jobRoutes(app, deps, maps)
  resultRoutes(app, deps)
  mapRoutes(app, deps, maps)
}

function mapRoutes(app: App, deps: ImportRoutesDeps, maps: AllMaps): void {
  app.get(
    '/api/v1/column-maps',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary: 'Column maps: saved ones, then those that came with the product',
        response: { 200: z.object({ items: z.array(savedMapSchema) }) },
      },
    },
    async () => ({
      items: (await maps()).map(({ id, shipped, map }) => ({ id, shipped, name: map.name, version: map.version, map })),
    }),
  )
  app.post(
    '/api/v1/column-maps',
    {
      config: { action: 'manage-maps' },
      schema: {
        tags,
        summary: 'Save a map under a name, for the next file of the same sender',
        body: z.strictObject({ name: z.string().trim().min(1).max(200), map: z.record(z.string(), z.unknown()) }),
        response: { 201: z.object({ id: z.uuid(), version: z.int() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await saveMap(deps, request.actor, request.body)),
  )
  app.delete(
    '/api/v1/column-maps/:id',
    {
      config: { action: 'manage-maps' },
      schema: {
        tags,
        summary: 'Remove a saved map; imports made with it keep theirs',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeMap(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}
