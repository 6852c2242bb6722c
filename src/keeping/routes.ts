import { z } from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'

import { type HoldDeps, liftHold, listHolds, placeHold } from './legal-hold.ts'

const tags = ['keeping']
const because = z.string().trim().min(1).max(1000)
const holdSchema = z.object({
  id: z.uuid(),
  itemKind: z.string(),
  itemId: z.uuid(),
  because: z.string(),
  placedAt: z.string(),
  liftedAt: z.string().nullable(),
  liftedBecause: z.string().nullable(),
})

export function keepingRoutes(app: App, deps: HoldDeps): void {
  app.get(
    '/api/v1/legal-holds',
    {
      config: { action: 'read-holds' },
      schema: {
        tags,
        summary: 'Legal holds, newest first, lifted ones too',
        response: { 200: z.object({ items: z.array(holdSchema) }) },
      },
    },
    async () => ({ items: await listHolds(deps.db) }),
  )
  app.post(
    '/api/v1/legal-holds',
    {
      config: { action: 'hold-records' },
      schema: {
        tags,
        summary: 'Put an item under a legal hold: nothing of it is removed by the retention rules',
        body: z.strictObject({ itemKind: z.enum(['system']), itemId: z.uuid(), because }),
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await placeHold(deps, request.actor, request.body)),
  )
  app.post(
    '/api/v1/legal-holds/:id/lift',
    {
      config: { action: 'hold-records' },
      schema: {
        tags,
        summary: 'Lift a legal hold; it stays to be seen',
        params: z.strictObject({ id: z.uuid() }),
        body: z.strictObject({ because }),
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    async (request) => {
      await liftHold(deps, request.actor, { id: request.params.id, ...request.body })
      return { ok: true as const }
    },
  )
}
