import * as z from 'zod'

import type { Action } from '#access/model.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import {
  conditionDetailSchema,
  conditionsPageSchema,
  conditionsQuerySchema,
  reasonedSchema,
  revisionSchema,
  settlementSchema,
  wordsSchema,
} from './api.ts'
import { conditionFileFormats, exportConditions } from './export-conditions.ts'
import { followCondition, reviseCondition } from './follow-condition.ts'
import { listConditions, readCondition } from './list-conditions.ts'

const tags = ['advice']
const one = z.strictObject({ id: z.uuid() })
const response = { 200: conditionDetailSchema }
const fileQuery = conditionsQuerySchema.omit({ cursor: true, limit: true }).extend({
  format: z.enum(conditionFileFormats),
  language: z.enum(['ja', 'en']).default('ja'),
})

/** Conditions that bind: the list, one with its history, and what is done with it. */
export function conditionRoutes(app: App, deps: ConsultationDeps): void {
  listRoutes(app, deps)
  simpleDeeds(app, deps)
  app.post(
    '/api/v1/board/conditions/:id/settlement',
    {
      config: { action: 'settle-condition' },
      schema: {
        tags,
        summary: 'Settle a condition as met, or send its report back (If-Match)',
        params: one,
        body: settlementSchema,
        response,
      },
    },
    async (request, reply) => {
      const { result, words } = request.body
      const input = { id: request.params.id, version: seenVersion(request), words }
      await followCondition(deps, request.actor, { ...input, deed: result === 'met' ? 'settle' : 'send-back' })
      const now = await readCondition(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(now.version)).send(now)
    },
  )
  app.post(
    '/api/v1/board/conditions/:id/revision',
    {
      config: { action: 'adopt-advice' },
      schema: {
        tags,
        summary: 'Give a condition a new wording (If-Match)',
        params: one,
        body: revisionSchema,
        response,
      },
    },
    async (request, reply) => {
      const { condition, words } = request.body
      await reviseCondition(deps, request.actor, {
        id: request.params.id,
        version: seenVersion(request),
        words,
        condition,
      })
      const now = await readCondition(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(now.version)).send(now)
    },
  )
}

function listRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/conditions',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Conditions of the Board that bind, those due first',
        querystring: conditionsQuerySchema,
        response: { 200: conditionsPageSchema },
      },
    },
    async (request) => listConditions(deps, request.actor, request.query),
  )
  app.get(
    '/api/v1/board/conditions/file',
    {
      config: { action: 'read-docket' },
      schema: { tags, summary: 'The list of conditions as a file', querystring: fileQuery },
    },
    async (request, reply) => {
      const { format, language, ...query } = request.query
      const file = await exportConditions(deps, request.actor, { query: { ...query, limit: 100 }, format, language })
      return reply
        .header('content-type', file.contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
        .send(file.content)
    },
  )
  app.get(
    '/api/v1/board/conditions/:id',
    {
      config: { action: 'read-docket' },
      schema: { tags, summary: 'A condition with its history', params: one, response },
    },
    async (request, reply) => {
      const condition = await readCondition(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(condition.version)).send(condition)
    },
  )
}

const simple = [
  {
    path: 'report',
    deed: 'report',
    action: 'report-condition',
    body: wordsSchema,
    summary: 'Report how a condition was met (If-Match)',
  },
  {
    path: 'change-request',
    deed: 'ask-change',
    action: 'report-condition',
    body: reasonedSchema,
    summary: 'Ask the Board to change a condition (If-Match)',
  },
  {
    path: 'refusal',
    deed: 'refuse-change',
    action: 'adopt-advice',
    body: reasonedSchema,
    summary: 'Keep a condition as it is, although a change was asked for (If-Match)',
  },
  {
    path: 'withdrawal',
    deed: 'withdraw',
    action: 'adopt-advice',
    body: reasonedSchema,
    summary: 'Withdraw a condition (If-Match)',
  },
] as const satisfies readonly { action: Action; [more: string]: unknown }[]

/** Deeds that say something in words and nothing else. */
function simpleDeeds(app: App, deps: ConsultationDeps): void {
  for (const { path, deed, action, body, summary } of simple)
    app.post(
      `/api/v1/board/conditions/:id/${path}`,
      { config: { action }, schema: { tags, summary, params: one, body, response } },
      async (request, reply) => {
        const input = { id: request.params.id, version: seenVersion(request), words: request.body.words }
        await followCondition(deps, request.actor, { ...input, deed })
        const now = await readCondition(deps, request.actor, request.params.id)
        return reply.header('etag', etagOf(now.version)).send(now)
      },
    )
}
