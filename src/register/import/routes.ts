import { z } from 'zod'

import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { type Files, openFile } from '#platform/files.ts'
import type { App } from '#platform/http.ts'

import {
  importFileSchema,
  importRowSchema,
  importSchema,
  originSchema,
  previewRequestSchema,
  previewSchema,
  readingSchema,
  savedMapSchema,
} from './api.ts'
import { type KnownMap, removeMap, savedMaps, saveMap } from './column-maps.ts'
import { inspectFile } from './inspect-file.ts'
import { previewImport } from './preview-import.ts'
import { readOrigin } from './read-origin.ts'
import type { ReadTable } from './read-table.ts'
import { rejectedCsv } from './rejected-csv.ts'
import type { Imports } from './run-import.ts'
import { importById, importSource, listImports, rowsOfImport } from './store.ts'
import { undoImport } from './undo-import.ts'

export type ImportRoutesDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly files: Files
  readonly readTable: ReadTable
  readonly imports: Imports
  readonly shipped: readonly KnownMap[]
}

const tags = ['import']
const byId = z.object({ id: z.uuid() })
const attachment = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

export function importRoutes(app: App, deps: ImportRoutesDeps): void {
  const maps = async () => [...(await savedMaps(deps.db)), ...deps.shipped]
  readingRoutes(app, deps, maps)
  jobRoutes(app, deps, maps)
  resultRoutes(app, deps)
  mapRoutes(app, deps, maps)
}

function readingRoutes(app: App, deps: ImportRoutesDeps, maps: () => Promise<KnownMap[]>): void {
  app.post(
    '/api/v1/import-files',
    {
      schema: {
        tags,
        summary: 'Hand in a spreadsheet (multipart, one part with the file); nothing is imported yet',
        consumes: ['multipart/form-data'],
        response: { 200: importFileSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'import')
      if (!request.isMultipart()) throw new AppError('bad-input', { reason: 'no-file' })
      const sent = await request.file()
      if (!sent) throw new AppError('bad-input', { reason: 'no-file' })
      return inspectFile(deps, request.actor, { fileName: sent.filename, content: sent.file, maps: await maps() })
    },
  )
  app.post(
    '/api/v1/imports/preview',
    {
      schema: {
        tags,
        summary: 'What an import would do, row by row',
        body: previewRequestSchema,
        response: { 200: previewSchema },
      },
    },
    async (request) => {
      const { from, limit, show, ...reading } = request.body
      return previewImport(deps, request.actor, { reading, page: { from, limit, show }, maps: await maps() })
    },
  )
}

function jobRoutes(app: App, deps: ImportRoutesDeps, maps: () => Promise<KnownMap[]>): void {
  app.post(
    '/api/v1/imports',
    {
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
      schema: {
        tags,
        summary:
          'How far a running import is; null when it is over. Answered without the database, which the import holds',
        params: byId,
        response: { 200: z.object({ progress: importSchema.shape.progress }) },
      },
    },
    async (request) => ({ progress: deps.imports.progressOf(request.params.id) ?? null }),
  )
  app.post(
    '/api/v1/imports/:id/cancel',
    {
      schema: {
        tags,
        summary: 'Stop a running import; nothing of it is stored',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      deps.imports.cancel(request.actor, request.params.id)
      await deps.imports.ended(request.params.id)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/imports/:id/undo',
    {
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

function resultRoutes(app: App, deps: ImportRoutesDeps): void {
  app.get(
    '/api/v1/imports',
    {
      schema: { tags, summary: 'Imports, newest first', response: { 200: z.object({ items: z.array(importSchema) }) } },
    },
    async () => ({ items: await listImports(deps.db) }),
  )
  app.get(
    '/api/v1/imports/:id',
    {
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
      return { ...found, progress: deps.imports.progressOf(found.id) ?? null }
    },
  )
  app.get(
    '/api/v1/imports/:id/rows',
    {
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
    { schema: { tags, summary: 'The rejected rows as a file, with their reasons', params: byId } },
    async (request, reply) => {
      const { fileName, content } = await rejectedCsv(deps.db, request.params.id)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', attachment(fileName))
        .send(content)
    },
  )
  app.get(
    '/api/v1/imports/:id/original',
    { schema: { tags, summary: 'The file as it was handed in', params: byId } },
    async (request, reply) => {
      const source = await importSource(deps.db, request.params.id)
      if (!source || !(await deps.files.has(source.sha256)))
        throw new AppError('not-found', { import: request.params.id })
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', attachment(source.fileName))
        .send(openFile(deps.files, source.sha256))
    },
  )
  app.get(
    '/api/v1/systems/:id/origin',
    {
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

function mapRoutes(app: App, deps: ImportRoutesDeps, maps: () => Promise<KnownMap[]>): void {
  app.get(
    '/api/v1/column-maps',
    {
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
      schema: {
        tags,
        summary: 'Remove a saved map; imports made with it keep theirs',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeMap(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}
