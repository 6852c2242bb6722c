import { z } from 'zod'

import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import { jobStateSchema } from './api.ts'
import { decideDeadJob } from './dead-jobs.ts'
import type { NoticesDeps } from './deps.ts'
import { listDeadJobs, readQueues } from './store-jobs.ts'

const tags = ['jobs']

export function jobRoutes(app: App, deps: NoticesDeps): void {
  app.get(
    '/api/v1/jobs',
    {
      config: { action: 'read-jobs' },
      schema: {
        tags,
        summary: 'State of the queues, and jobs that failed for good, newest first',
        querystring: z.strictObject({
          cursor: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
          open: z.enum(['yes', 'no']).default('yes'),
        }),
        response: { 200: jobStateSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-jobs')
      const { cursor, limit, open } = request.query
      const { organisationId } = request.actor
      // Queues belong to no ministry; failed jobs are chosen by the organisation of the role.
      return asSystem(async () => {
        const failed = await listDeadJobs(deps.db, { organisationId, open: open === 'yes', limit, before: cursor })
        return { ...(await readQueues(deps.db)), failed, next: failed.length === limit ? failed.at(-1)!.id : null }
      })
    },
  )
  for (const [deed, decision, summary] of [
    ['retry', 'retried', 'Try a failed job again'],
    ['discard', 'discarded', 'Discard a failed job'],
  ] as const) {
    app.post(
      `/api/v1/jobs/:id/${deed}`,
      {
        config: { action: 'manage-jobs' },
        schema: { tags, summary, params: z.object({ id: z.uuid() }), response: { 204: z.null() } },
      },
      async (request, reply) => {
        await decideDeadJob(deps, request.actor, { id: request.params.id, decision })
        return reply.status(204).send(null)
      },
    )
  }
}
