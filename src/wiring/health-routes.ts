import { z } from 'zod'

import type { App } from '#platform/http.ts'

import type { Readiness } from './readiness.ts'

const readinessSchema = z.object({
  status: z.enum(['ready', 'not-ready', 'stopping']),
  checks: z.array(
    z.object({
      name: z.string(),
      ready: z.boolean(),
      lacks: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.unknown()).optional() })),
    }),
  ),
})

export type HealthDeps = {
  /** Absent where nothing runs but the routes, as in a test of them: then it is ready. */
  readonly readiness?: () => Promise<Readiness>
}

const allReady: Readiness = { status: 'ready', checks: [] }

/** What orchestration and load balancers ask: is the process alive, and may requests be sent to it. */
export function healthRoutes(app: App, { readiness = async () => allReady }: HealthDeps): void {
  app.get(
    '/healthz',
    {
      config: { open: true, why: 'tells only that the server answers' },
      schema: {
        tags: ['platform'],
        summary: 'The server answers',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      config: { open: true, why: 'tells a load balancer in codes what is lacking; it holds no record' },
      schema: {
        tags: ['platform'],
        summary: 'Whether requests may be sent here, and if not, what is lacking',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_request, reply) => {
      const found = await readiness()
      const body = { ...found, checks: found.checks.map((check) => ({ ...check, lacks: [...check.lacks] })) }
      return reply
        .status(found.status === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(body as z.input<typeof readinessSchema>)
    },
  )
}
