import { z } from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'

import { noticeChoicesChangeSchema, noticeChoicesSchema, noticeListSchema } from './api.ts'
import { changeChoices, readChoices } from './choose-mail.ts'
import type { NoticesDeps } from './deps.ts'
import { nameItems } from './name-items.ts'
import { jobRoutes } from './routes-jobs.ts'
import { webhookRoutes } from './routes-webhooks.ts'
import { countUnread, listNotices, markRead } from './store.ts'

const tags = ['notifications']

export function noticesRoutes(app: App, deps: NoticesDeps): void {
  readingRoutes(app, deps)
  choiceRoutes(app, deps)
  jobRoutes(app, deps)
  webhookRoutes(app, deps)
}

function readingRoutes(app: App, deps: NoticesDeps): void {
  app.get(
    '/api/v1/notifications',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'One’s own notifications, newest first',
        querystring: z.strictObject({
          cursor: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
          unread: z.enum(['yes', 'no']).default('no'),
        }),
        response: { 200: noticeListSchema },
      },
    },
    async (request) => {
      const { cursor, limit, unread } = request.query
      const { personId } = request.actor
      const found = await listNotices(deps.db, personId, { limit, before: cursor, unread: unread === 'yes' })
      const names = await nameItems(deps.db, found)
      return {
        items: found.map((notice) => ({ ...notice, item: names.get(notice.itemId) ?? null })),
        next: found.length === limit ? found.at(-1)!.id : null,
        unread: await countUnread(deps.db, personId),
      }
    },
  )
  app.get(
    '/api/v1/notifications/unread',
    {
      config: { action: 'own-account' },
      schema: { tags, summary: 'How many are unread', response: { 200: z.object({ unread: z.int() }) } },
    },
    async (request) => ({ unread: await countUnread(deps.db, request.actor.personId) }),
  )
  app.post(
    '/api/v1/notifications/read',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Mark as read: the ones named, or all',
        body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(100).optional() }),
        response: { 200: z.object({ unread: z.int() }) },
      },
    },
    async (request) => {
      const { personId } = request.actor
      return deps.tx(request.actor, async (t) => {
        await markRead(t.db, personId, t.at.toISOString(), request.body.ids)
        return { unread: await countUnread(t.db, personId) }
      })
    },
  )
}

function choiceRoutes(app: App, deps: NoticesDeps): void {
  app.get(
    '/api/v1/notification-choices',
    {
      config: { action: 'own-account' },
      schema: { tags, summary: 'How one is told by mail', response: { 200: noticeChoicesSchema } },
    },
    async (request) => readChoices(deps, request.actor),
  )
  app.patch(
    '/api/v1/notification-choices',
    {
      config: { action: 'own-account' },
      schema: {
        tags,
        summary: 'Choose how one is told by mail, and in which language',
        body: noticeChoicesChangeSchema,
        response: { 200: noticeChoicesSchema },
      },
    },
    async (request) => {
      await changeChoices(deps, request.actor, request.body)
      return readChoices(deps, request.actor)
    },
  )
}
