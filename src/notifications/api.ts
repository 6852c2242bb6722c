import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { failureSchema } from '#platform/jobs.ts'

import { mailChoices, noticeKinds } from './kinds.ts'
import { webhookEventNames } from './webhook-events.ts'

/** Shapes of notifications, failed jobs and webhooks as they travel; shared with the web. */

export const noticeKindSchema = z.enum(noticeKinds)
export const mailChoiceSchema = z.enum(mailChoices)

export const noticeSchema = z.object({
  id: z.uuid(),
  kind: noticeKindSchema,
  itemId: z.uuid(),
  /** As far as the person may see it now. */
  item: z.object({ name: z.string(), number: z.string().nullable() }).nullable(),
  organisation: nameSchema.nullable(),
  /** Codes, dates (`YYYY-MM-DD`) and numbers. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: z.string(),
  readAt: z.string().nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

export const noticeListSchema = z.object({
  items: z.array(noticeSchema),
  next: z.uuid().nullable(),
  unread: z.int(),
})
export type NoticeList = z.infer<typeof noticeListSchema>

export const noticeChoicesSchema = z.object({
  /** Where mail goes; null while nobody has said. */
  mail: z.string().nullable(),
  /** The house has a mail server. */
  mailSent: z.boolean(),
  language: z.enum(['ja', 'en']),
  digestAt: z.string(),
  kinds: z.array(z.object({ kind: noticeKindSchema, mail: mailChoiceSchema, preset: mailChoiceSchema })),
})
export type NoticeChoices = z.infer<typeof noticeChoicesSchema>

export const noticeChoicesChangeSchema = z.strictObject({
  language: z.enum(['ja', 'en']).optional(),
  /** Only what changes. */
  kinds: z.partialRecord(noticeKindSchema, mailChoiceSchema).default({}),
})
export type NoticeChoicesChange = z.infer<typeof noticeChoicesChangeSchema>

export const deadJobSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  organisation: nameSchema.nullable(),
  failure: failureSchema,
  tries: z.int(),
  putAt: z.string(),
  failedAt: z.string(),
  state: z.enum(['open', 'retried', 'discarded']),
  decidedAt: z.string().nullable(),
})
export type ListedDeadJob = z.infer<typeof deadJobSchema>

export const queueSchema = z.object({
  name: z.string(),
  waiting: z.int(),
  running: z.int(),
  /** Failed at least once and waits for the next try. */
  again: z.int(),
  /** Within the last seven days. */
  done: z.int(),
  lastDoneAt: z.string().nullable(),
})
export const jobStateSchema = z.object({
  queues: z.array(queueSchema),
  /** Committed events that no process has moved to the queues yet. */
  outbox: z.object({ waiting: z.int(), oldest: z.string().nullable() }),
  failed: z.array(deadJobSchema),
  next: z.uuid().nullable(),
})
export type JobState = z.infer<typeof jobStateSchema>

export const webhookStates = ['active', 'paused', 'failing'] as const
export const webhookSchema = z.object({
  id: z.uuid(),
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  url: z.string(),
  events: z.array(z.enum(webhookEventNames)),
  state: z.enum(webhookStates),
  failures: z.int(),
  version: z.int(),
  createdAt: z.string(),
  /** Of the last seven days. */
  delivered: z.int(),
  failed: z.int(),
  waiting: z.int(),
})
export type Webhook = z.infer<typeof webhookSchema>

const url = z.string().trim().min(1).max(2000)
const events = z.array(z.enum(webhookEventNames)).min(1).max(webhookEventNames.length)
export const newWebhookSchema = z.strictObject({ organisationId: z.uuid().optional(), url, events })
export type NewWebhook = z.infer<typeof newWebhookSchema>
export const webhookChangeSchema = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  state: z.enum(['active', 'paused']).optional(),
})
export type WebhookChange = z.infer<typeof webhookChangeSchema>

export const deliverySchema = z.object({
  id: z.uuid(),
  type: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.int(),
  status: z.int().nullable(),
  reason: z.string().nullable(),
  createdAt: z.string(),
  lastTryAt: z.string().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>
