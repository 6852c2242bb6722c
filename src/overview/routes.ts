import * as z from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'

import { navigationCountsSchema, overviewSchema } from './api.ts'
import { loadOverview, navigationCounts, type OverviewDeps } from './load-overview.ts'

const tags = ['overview']

export function overviewRoutes(app: App, deps: OverviewDeps): void {
  app.get(
    '/api/v1/overview',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Where an organisation and all below it stands; every figure with the filter of its list',
        querystring: z.strictObject({ organisation: z.uuid().optional() }),
        response: { 200: overviewSchema },
      },
    },
    async (request) => loadOverview(deps, request.actor, request.query.organisation ?? request.actor.organisationId),
  )
  app.get(
    '/api/v1/navigation-counts',
    {
      config: { action: 'own-account' },
      schema: { tags, summary: 'Figures beside the navigation', response: { 200: navigationCountsSchema } },
    },
    async (request) => navigationCounts(deps, request.actor),
  )
}
