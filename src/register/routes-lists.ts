import { z } from 'zod'

import type { App } from '#platform/http.ts'

import {
  historySchema,
  similarInputSchema,
  similarUsesSchema,
  systemsPageSchema,
  usesCountSchema,
  usesPageSchema,
} from './api.ts'
import { filterQuerySchema, listQuerySchema } from './api-filter.ts'
import { findSimilarUses } from './find-similar-uses.ts'
import { countListed, listUses } from './list-uses.ts'
import { readHistory } from './read-history.ts'
import type { RegisterDeps } from './routes.ts'
import { listSystems } from './store-lists.ts'

const tags = ['register']
/** Long lists are not checked row by row on their way out (tests do that): it costs up to half of the time. */
const unchecked = () => JSON.stringify

export function listRoutes(app: App, deps: RegisterDeps): void {
  useListRoutes(app, deps)
  app.get(
    '/api/v1/systems',
    {
      config: { action: 'read-register' },
      serializerCompiler: unchecked,
      schema: {
        tags,
        summary: 'AI systems that use a model, have to do with a supplier, or belong to an organisation',
        querystring: z.strictObject({
          model: z.uuid().optional(),
          supplier: z.uuid().optional(),
          organisation: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
          cursor: z.uuid().optional(),
        }),
        response: { 200: systemsPageSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-register')
      return listSystems(deps.db, request.query)
    },
  )
  app.get(
    '/api/v1/systems/:id/history',
    {
      config: { action: 'read-register' },
      serializerCompiler: unchecked,
      schema: {
        tags,
        summary: 'Changes of an AI system, field by field, newest first',
        params: z.strictObject({ id: z.uuid() }),
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(100).default(50),
          cursor: z.string().max(500).optional(),
        }),
        response: { 200: historySchema },
      },
    },
    async (request) => readHistory(deps, request.actor, { id: request.params.id, ...request.query }),
  )
}

function useListRoutes(app: App, deps: RegisterDeps): void {
  app.get(
    '/api/v1/uses',
    {
      config: { action: 'read-register' },
      serializerCompiler: unchecked,
      schema: {
        tags,
        summary: 'Uses of AI: searched, filtered, sorted, page by page',
        description:
          'Several values of one filter are separated by commas and mean "or"; several filters mean "and". A field is filtered by its codes and by why it has no value.',
        querystring: listQuerySchema,
        response: { 200: usesPageSchema },
      },
    },
    async (request) => listUses(deps, request.actor, request.query),
  )
  app.get(
    '/api/v1/uses/count',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'How many uses the conditions find',
        querystring: filterQuerySchema,
        response: { 200: usesCountSchema },
      },
    },
    async (request) => countListed(deps, request.actor, request.query),
  )
  app.post(
    '/api/v1/similar-uses',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Uses that are known already and similar to one about to be registered',
        body: similarInputSchema,
        response: { 200: similarUsesSchema },
      },
    },
    async (request) => ({ similar: await findSimilarUses(deps, request.actor, request.body) }),
  )
}
