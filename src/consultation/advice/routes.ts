import * as z from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import { adoptAdvice } from './adopt-advice.ts'
import {
  adoptedSchema,
  adviceSchema,
  adviceTextSchema,
  publicationInputSchema,
  publicationStateSchema,
  publishedSchema,
  reasonedSchema,
} from './api.ts'
import { addCondition, editCondition, removeCondition, saveAdviceText } from './draft-advice.ts'
import { loadAdvice } from './load-advice.ts'
import { conditionInputSchema } from './model.ts'
import { loadPublication, publishAdvice, takeBackAdvice } from './publish-advice.ts'
import { conditionRoutes } from './routes-conditions.ts'

const tags = ['advice']
const ofCase = z.strictObject({ id: z.uuid() })
const ofDraft = z.strictObject({ id: z.uuid(), conditionId: z.uuid() })

export function adviceRoutes(app: App, deps: ConsultationDeps): void {
  draftRoutes(app, deps)
  draftConditionRoutes(app, deps)
  publicationRoutes(app, deps)
  conditionRoutes(app, deps)
}

function draftRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/cases/:id/advice',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'The advice on a case with its conditions; the ministry sees it once it is adopted',
        params: ofCase,
        response: { 200: adviceSchema },
      },
    },
    async (request, reply) => {
      const advice = await loadAdvice(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(advice.advice?.version ?? 0)).send(advice)
    },
  )
  app.put(
    '/api/v1/board/cases/:id/advice',
    {
      config: { action: 'draft-advice' },
      schema: {
        tags,
        summary: 'Draft the text of the advice (If-Match: version of the draft, 0 where there is none)',
        params: ofCase,
        body: adviceTextSchema,
        response: { 200: z.object({ version: z.int() }) },
      },
    },
    async (request, reply) => {
      const saved = await saveAdviceText(deps, request.actor, {
        caseId: request.params.id,
        version: seenVersion(request),
        text: request.body.text,
      })
      return reply.header('etag', etagOf(saved.version)).send(saved)
    },
  )
  app.post(
    '/api/v1/board/cases/:id/advice/adoption',
    {
      config: { action: 'adopt-advice' },
      schema: {
        tags,
        summary: 'Adopt the advice, or say why not yet (If-Match: version of the draft)',
        params: ofCase,
        response: { 200: adoptedSchema },
      },
    },
    async (request) => adoptAdvice(deps, request.actor, { caseId: request.params.id, version: seenVersion(request) }),
  )
}

function draftConditionRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/board/cases/:id/advice/conditions',
    {
      config: { action: 'draft-advice' },
      schema: {
        tags,
        summary: 'Add a condition to the draft',
        params: ofCase,
        body: conditionInputSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const input = { caseId: request.params.id, condition: request.body }
      return reply.status(201).send(await addCondition(deps, request.actor, input))
    },
  )
  app.put(
    '/api/v1/board/cases/:id/advice/conditions/:conditionId',
    {
      config: { action: 'draft-advice' },
      schema: {
        tags,
        summary: 'Change a condition of the draft (If-Match)',
        params: ofDraft,
        body: conditionInputSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: caseId, conditionId: id } = request.params
      await editCondition(deps, request.actor, { caseId, id, version: seenVersion(request), condition: request.body })
      return reply.status(204).send(null)
    },
  )
  app.delete(
    '/api/v1/board/cases/:id/advice/conditions/:conditionId',
    {
      config: { action: 'draft-advice' },
      schema: {
        tags,
        summary: 'Take a condition out of the draft (If-Match)',
        params: ofDraft,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: caseId, conditionId: id } = request.params
      await removeCondition(deps, request.actor, { caseId, id, version: seenVersion(request) })
      return reply.status(204).send(null)
    },
  )
}

function publicationRoutes(app: App, deps: ConsultationDeps): void {
  const url = '/api/v1/board/cases/:id/advice/publication'
  const config = { action: 'publish-advice' } as const
  app.get(
    url,
    {
      config,
      schema: {
        tags,
        summary: 'The parts of adopted advice that can be withheld, and what is published',
        params: ofCase,
        response: { 200: publicationStateSchema },
      },
    },
    async (request) => loadPublication(deps, request.actor, request.params.id),
  )
  app.post(
    url,
    {
      config,
      schema: {
        tags,
        summary: 'Publish advice with parts withheld',
        params: ofCase,
        body: publicationInputSchema,
        response: { 200: publishedSchema },
      },
    },
    async (request) => publishAdvice(deps, request.actor, { caseId: request.params.id, ...request.body }),
  )
  app.post(
    `${url}/withdrawal`,
    {
      config,
      schema: {
        tags,
        summary: 'Take published advice out of the collection',
        params: ofCase,
        body: reasonedSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await takeBackAdvice(deps, request.actor, { caseId: request.params.id, words: request.body.words })
      return reply.status(204).send(null)
    },
  )
}
