import { z } from 'zod'

import { seenVersion } from '#access/request.ts'
import type { App } from '#platform/http.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import { sheetSchema } from './api.ts'
import { addProof, changeProof, proofInputSchema, removeProof } from './prove-item.ts'

const tags = ['procurement']
const byItem = z.strictObject({ id: z.uuid(), item: z.string().max(40) })
const byProof = z.strictObject({ ...byItem.shape, proofId: z.uuid() })

export function proofRoutes(app: App, deps: ProcurementDeps): void {
  app.post(
    '/api/v1/procurements/:id/items/:item/proofs',
    {
      config: { action: 'prove-item' },
      schema: {
        tags,
        summary: 'Say how an included item will be proved',
        params: byItem,
        body: proofInputSchema,
        response: { 201: sheetSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await addProof(deps, request.actor, { ...request.params, proof: request.body })),
  )
  app.put(
    '/api/v1/procurements/:id/items/:item/proofs/:proofId',
    {
      config: { action: 'prove-item' },
      schema: {
        tags,
        summary: 'Change a proof, or mark it done',
        params: byProof,
        body: proofInputSchema,
        response: { 200: sheetSchema },
      },
    },
    async (request) =>
      changeProof(deps, request.actor, { ...request.params, proof: request.body, version: seenVersion(request) }),
  )
  app.delete(
    '/api/v1/procurements/:id/items/:item/proofs/:proofId',
    {
      config: { action: 'prove-item' },
      schema: {
        tags,
        summary: 'Take away a proof that is not given yet',
        params: byProof,
        response: { 200: sheetSchema },
      },
    },
    async (request) => removeProof(deps, request.actor, { ...request.params, version: seenVersion(request) }),
  )
}
