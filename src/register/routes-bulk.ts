import type { App } from '#platform/http.ts'

import { bulkChangeSchema, bulkInputSchema, bulkPreviewSchema, bulkResultSchema } from './api-bulk.ts'
import { bulkChange } from './bulk-change.ts'
import { previewBulkChange } from './preview-bulk-change.ts'
import type { RegisterDeps } from './routes.ts'

const tags = ['register']

export function bulkRoutes(app: App, deps: RegisterDeps): void {
  app.post(
    '/api/v1/bulk-changes/preview',
    {
      config: { action: 'change-system' },
      schema: {
        tags,
        summary: 'Show what a change of many uses would do, row by row',
        body: bulkInputSchema,
        response: { 200: bulkPreviewSchema },
      },
    },
    async (request) => previewBulkChange(deps, request.actor, request.body),
  )
  app.post(
    '/api/v1/bulk-changes',
    {
      config: { action: 'change-system' },
      schema: {
        tags,
        summary: 'Change many uses, exactly as shown (token of the preview)',
        body: bulkChangeSchema,
        response: { 200: bulkResultSchema },
      },
    },
    async (request) => bulkChange(deps, request.actor, request.body),
  )
}
