import { z } from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { deliverySchema, newWebhookSchema, webhookChangeSchema, webhookSchema } from './api.ts'
import type { NoticesDeps } from './deps.ts'
import { addWebhook, changeWebhook, removeWebhook, renewWebhookSecret, testWebhook } from './keep-webhooks.ts'
import { listDeliveries, listWebhooks, webhookById } from './store-webhooks.ts'

const tags = ['webhooks']
const params = z.object({ id: z.uuid() })
const made = z.object({ id: z.uuid(), secret: z.string() })

export function webhookRoutes(app: App, deps: NoticesDeps): void {
  readRoutes(app, deps)
  app.post(
    '/api/v1/webhooks',
    {
      config: { action: 'manage-webhooks' },
      schema: {
        tags,
        summary: 'Make a webhook; the secret is shown this once',
        body: newWebhookSchema,
        response: { 201: made },
      },
    },
    async (request, reply) => reply.status(201).send(await addWebhook(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/webhooks/:id',
    {
      config: { action: 'manage-webhooks' },
      schema: {
        tags,
        summary: 'Change, pause or switch on a webhook (If-Match)',
        params,
        body: webhookChangeSchema,
        response: { 200: z.object({ version: z.int() }) },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request)
      await changeWebhook(deps, request.actor, { id: request.params.id, version, change: request.body })
      return reply.header('etag', etagOf(version + 1)).send({ version: version + 1 })
    },
  )
  app.delete(
    '/api/v1/webhooks/:id',
    {
      config: { action: 'manage-webhooks' },
      schema: { tags, summary: 'Remove a webhook', params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeWebhook(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/webhooks/:id/secret',
    {
      config: { action: 'manage-webhooks' },
      schema: { tags, summary: 'Give a new secret, shown this once', params, response: { 200: made } },
    },
    async (request) => renewWebhookSecret(deps, request.actor, request.params.id),
  )
  app.post(
    '/api/v1/webhooks/:id/test',
    {
      config: { action: 'manage-webhooks' },
      schema: { tags, summary: 'Send a test delivery', params, response: { 202: z.object({ delivery: z.uuid() }) } },
    },
    async (request, reply) => reply.status(202).send(await testWebhook(deps, request.actor, request.params.id)),
  )
}

function readRoutes(app: App, deps: NoticesDeps): void {
  app.get(
    '/api/v1/webhooks',
    {
      config: { action: 'read-webhooks' },
      schema: {
        tags,
        summary: 'Webhooks of the organisation and below, with the deliveries of seven days counted',
        response: { 200: z.object({ webhooks: z.array(webhookSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-webhooks')
      const since = new Date(deps.now().getTime() - 7 * 86_400_000).toISOString()
      return { webhooks: await listWebhooks(deps.db, since) }
    },
  )
  app.get(
    '/api/v1/webhooks/:id/deliveries',
    {
      config: { action: 'read-webhooks' },
      schema: {
        tags,
        summary: 'Deliveries of a webhook, newest first',
        params,
        querystring: z.strictObject({
          cursor: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        response: { 200: z.object({ items: z.array(deliverySchema), next: z.uuid().nullable() }) },
      },
    },
    async (request) => {
      const hook = await webhookById(deps.db, request.params.id)
      if (!hook) throw new AppError('not-found', { webhook: request.params.id })
      deps.may(request.actor, 'read-webhooks', { organisationPath: hook.path })
      const { cursor, limit } = request.query
      const items = await listDeliveries(deps.db, hook.id, limit, cursor)
      return { items, next: items.length === limit ? items.at(-1)!.id : null }
    },
  )
}
