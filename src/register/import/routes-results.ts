import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { importRowSchema, importSchema, originSchema } from './api.ts'
import type { ImportRoutesDeps } from './deps.ts'
import { readOrigin } from './read-origin.ts'
import { rejectedCsv } from './rejected-csv.ts'
import { importById, importSource, listImports, rowsOfImport } from './store.ts'

const tags = ['import']
const byId = z.object({ id: z.uuid() })
const attachment = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

export function resultRoutes(app: App, deps: ImportRoutesDeps): void {
  app.get(
    '/api/v1/imports',
    {
      config: { action: 'read-imports' },
      schema: { tags, summary: 'Imports, newest first', response: { 200: z.object({ items: z.array(importSchema) }) } },
    },
    async () => ({ items: await listImports(deps.db) }),
  )
  app.get(
    '/api/v1/imports/:id',
    {
      config: { action: 'read-imports' },
      schema: {
        tags,
        summary: 'One import: what was read, what became of it',
        params: byId,
        response: { 200: importSchema },
      },
    },
    async (request) => {
      const found = await importById(deps.db, request.params.id)
      if (!found) throw new AppError('not-found', { import: request.params.id })
      return { ...found, progress: (await deps.imports.progress(found.id)) ?? null }
    },
  )
  app.get(
    '/api/v1/imports/:id/rows',
    {
      config: { action: 'read-imports' },
      schema: {
        tags,
        summary: 'Rows of an import with every original cell',
        params: byId,
        querystring: z.strictObject({
          outcome: z.enum(['stored', 'rejected']).optional(),
          cursor: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ items: z.array(importRowSchema), next: z.int().nullable() }) },
      },
    },
    async (request) => {
      const { outcome, cursor, limit } = request.query
      const page = { after: cursor, limit, ...(outcome === undefined ? {} : { outcome }) }
      const items = await rowsOfImport(deps.db, request.params.id, page)
      return { items, next: items.length === limit ? items.at(-1)!.rowNumber : null }
    },
  )
  app.get(
    '/api/v1/imports/:id/rejected.csv',
    {
      config: { action: 'read-import-files' },
      schema: { tags, summary: 'The rejected rows as a file, with their reasons', params: byId },
    },
    async (request, reply) => {
      const source = await importSource(deps.db, request.params.id)
      if (!source) throw new AppError('not-found', { import: request.params.id })
      deps.may(request.actor, 'read-import-files', source)
      const { fileName, content } = await rejectedCsv(deps.db, request.params.id)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', attachment(fileName))
        .send(content)
    },
  )
  app.get(
    '/api/v1/imports/:id/original',
    {
      config: { action: 'read-import-files' },
      schema: { tags, summary: 'The file as it was handed in', params: byId },
    },
    async (request, reply) => {
      const source = await importSource(deps.db, request.params.id)
      if (source) deps.may(request.actor, 'read-import-files', source)
      if (!source || !(await deps.files.has(source.sha256)))
        throw new AppError('not-found', { import: request.params.id })
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', attachment(source.fileName))
        .send(await deps.files.open(source.sha256))
    },
  )
  app.get(
    '/api/v1/systems/:id/origin',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'The row of the spreadsheet that a system came from',
        params: byId,
        response: { 200: originSchema },
      },
    },
    async (request) => readOrigin(deps.db, request.params.id),
  )
}
