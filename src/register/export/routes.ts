import type { App } from '#platform/http.ts'
import { exportPlanSchema, exportRequestSchema } from '#register/import/api.ts'

import { type ExportDeps, makeExport, planExport } from './make-export.ts'

const tags = ['export']

export function exportRoutes(app: App, deps: ExportDeps): void {
  app.post(
    '/api/v1/exports/plan',
    {
      config: { action: 'export' },
      schema: {
        tags,
        summary: 'What a file would hold, what it would drop, and which characters its encoding cannot hold',
        body: exportRequestSchema,
        response: { 200: exportPlanSchema },
      },
    },
    async (request) => planExport(deps, request.actor, request.body),
  )
  app.get(
    '/api/v1/exports/file',
    {
      config: { action: 'export' },
      schema: {
        tags,
        summary: 'Export the register, or give an import back cell for cell',
        querystring: exportRequestSchema,
      },
    },
    async (request, reply) => {
      const { fileName, contentType, content } = await makeExport(deps, request.actor, request.query)
      return reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .send(content)
    },
  )
}
