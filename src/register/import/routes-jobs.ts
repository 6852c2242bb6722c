import { z } from 'zod'

import type { App } from '#platform/http.ts'

import { importSchema, readingSchema } from './api.ts'
import type { AllMaps, ImportRoutesDeps } from './deps.ts'
import { undoImport } from './undo-import.ts'

const tags = ['import']
const byId = z.object({ id: z.uuid() })

export function jobRoutes(app: App, deps: ImportRoutesDeps, maps: AllMaps): void {
  app.post(
    '/api/v1/imports',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary: 'Begin an import; the same sheet again changes nothing and names the import that was',
        body: readingSchema,
        response: { 202: z.object({ id: z.uuid(), already: z.boolean() }) },
      },
    },
    async (request, reply) =>
      reply.status(202).send(await deps.imports.start(request.actor, request.body, await maps())),
  )
  app.get(
    '/api/v1/imports/:id/progress',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary:
          'How far a running import is; null when it is over. Answered without the database, which the import holds',
        params: byId,
        response: { 200: z.object({ progress: importSchema.shape.progress }) },
      },
    },
    async (request) => {
      await deps.imports.mayFollow(request.actor, request.params.id)
      return { progress: (await deps.imports.progress(request.params.id)) ?? null }
    },
  )
  app.post(
    '/api/v1/imports/:id/cancel',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary: 'Stop a running import; nothing of it is stored',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deps.imports.cancelAnywhere(request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/imports/:id/undo',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary: 'Take an import back: its systems leave the register, also those edited since',
        params: byId,
        response: { 200: z.object({ removed: z.int(), editedSince: z.int() }) },
      },
    },
    async (request) => undoImport(deps, request.actor, request.params.id),
  )
}
