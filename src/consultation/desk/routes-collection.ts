import * as z from 'zod'

import { seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import {
  collectionEntrySchema,
  collectionListSchema,
  collectionQuery,
  publicationBodySchema,
  publicationSchema,
  publishedSchema,
  reasonBodySchema,
  similarAnswersBody,
  similarAnswersSchema,
} from './api.ts'
import { loadPublication, publishAnswer, savePublication, unpublishAnswer } from './publish-answer.ts'
import { loadCollectionEntry, searchCollection, similarAnswers } from './read-collection.ts'

const tags = ['consultation']
const params = z.strictObject({ id: z.uuid() })

export function collectionRoutes(app: App, deps: ConsultationDeps): void {
  publicationRoutes(app, deps)
  app.get(
    '/api/v1/collection',
    {
      config: { action: 'read-collection' },
      schema: {
        tags,
        summary: 'Published answers of the desk and advice of the Board',
        querystring: collectionQuery,
        response: { 200: collectionListSchema },
      },
    },
    async (request) => searchCollection(deps, request.actor, request.query),
  )
  app.get(
    '/api/v1/collection/:id',
    {
      config: { action: 'read-collection' },
      schema: { tags, summary: 'One published answer or advice', params, response: { 200: collectionEntrySchema } },
    },
    async (request) => loadCollectionEntry(deps, request.actor, request.params.id),
  )
  app.post(
    '/api/v1/collection/:id/withdraw',
    {
      config: { action: 'publish-answer' },
      schema: {
        tags,
        summary: 'Take a published answer back',
        params,
        body: reasonBodySchema,
        response: { 200: collectionEntrySchema },
      },
    },
    async (request) => {
      await unpublishAnswer(deps, request.actor, { entryId: request.params.id, ...request.body })
      return loadCollectionEntry(deps, request.actor, request.params.id)
    },
  )
  app.post(
    '/api/v1/similar-answers',
    {
      config: { action: 'read-collection' },
      schema: {
        tags,
        summary: 'Published answers like a text that is being written',
        body: similarAnswersBody,
        response: { 200: similarAnswersSchema },
      },
    },
    async (request) => ({ similar: await similarAnswers(deps, request.actor, request.body.text) }),
  )
}

function publicationRoutes(app: App, deps: ConsultationDeps): void {
  const config = { action: 'publish-answer' } as const
  const response = { 200: publicationSchema }
  app.get(
    '/api/v1/consultations/:id/publication',
    {
      config,
      schema: { tags, summary: 'The text that is to be published, and names still in it', params, response },
    },
    async (request) => loadPublication(deps, request.actor, request.params.id),
  )
  app.put(
    '/api/v1/consultations/:id/publication',
    { config, schema: { tags, summary: 'Keep that text', params, body: publicationBodySchema, response } },
    async (request) => {
      const { id } = request.params
      await savePublication(deps, request.actor, { id, version: seenVersion(request), text: request.body })
      return loadPublication(deps, request.actor, id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/publish',
    {
      config,
      schema: { tags, summary: 'Publish the kept text in the collection', params, response: { 200: publishedSchema } },
    },
    async (request) => publishAnswer(deps, request.actor, { id: request.params.id, version: seenVersion(request) }),
  )
}
