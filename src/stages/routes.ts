import * as z from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'

import { newWaiverSchema, stepsSchema, withdrawWaiverSchema } from './api.ts'
import type { StagesDeps } from './deps.ts'
import { loadSteps } from './load-steps.ts'
import { waiveNeed, withdrawWaiver } from './waive-need.ts'

const tags = ['stages']
const one = z.strictObject({ id: z.uuid() })

export function stagesRoutes(app: App, deps: StagesDeps): void {
  app.get(
    '/api/v1/systems/:id/steps',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'What each possible step of a system needs, what was waived, and which steps were taken',
        params: one,
        response: { 200: stepsSchema },
      },
    },
    async (request) => loadSteps(deps, request.actor, request.params.id),
  )
  app.post(
    '/api/v1/systems/:id/waivers',
    {
      config: { action: 'waive-need' },
      schema: {
        tags,
        summary: 'Waive what a step needs, with a reason',
        params: one,
        body: newWaiverSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const input = { systemId: request.params.id, waiver: request.body }
      return reply.status(201).send(await waiveNeed(deps, request.actor, input))
    },
  )
  app.post(
    '/api/v1/systems/:id/waivers/:waiverId/withdrawal',
    {
      config: { action: 'waive-need' },
      schema: {
        tags,
        summary: 'End a waiver, with a reason',
        params: z.strictObject({ id: z.uuid(), waiverId: z.uuid() }),
        body: withdrawWaiverSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id, waiverId } = request.params
      await withdrawWaiver(deps, request.actor, { systemId: id, waiverId, reason: request.body.reason })
      return reply.status(204).send(null)
    },
  )
}
