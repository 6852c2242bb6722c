import type { App } from '#platform/http.ts'
import { sentFile } from '#platform/sent-file.ts'
import { limits } from '#register/spreadsheet/limits.ts'

import { importFileSchema, previewRequestSchema, previewSchema } from './api.ts'
import type { AllMaps, ImportRoutesDeps } from './deps.ts'
import { inspectFile } from './inspect-file.ts'
import { previewImport } from './preview-import.ts'

const tags = ['import']

export function readingRoutes(app: App, deps: ImportRoutesDeps, maps: AllMaps): void {
  app.post(
    '/api/v1/import-files',
    {
      config: { action: 'import' },
      schema: {
        tags,
        summary: 'Hand in a spreadsheet (multipart, one part with the file); nothing is imported yet',
        consumes: ['multipart/form-data'],
        response: { 200: importFileSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'import')
      const sent = await sentFile(request, limits.fileBytes)
      return inspectFile(deps, request.actor, { fileName: sent.filename, content: sent.file, maps: await maps() })
    },
  )
  app.post(
    '/api/v1/imports/preview',
    {
      config: { action: 'import' },
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
