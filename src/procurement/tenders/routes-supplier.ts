import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

import '#access/request.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import type { App } from '#platform/http.ts'
import { sentFile } from '#platform/sent-file.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import {
  earlierSchema,
  handedInSchema,
  handInSchema,
  itemId,
  ownTenderSchema,
  proposedSchema,
  saveAnswerSchema,
  savedAnswerSchema,
  sentTenderSchema,
  takeEarlierSchema,
} from './api.ts'
import { earlierAnswers, takeEarlier } from './earlier-answers.ts'
import { handIn } from './hand-in.ts'
import { listOwnTenders, loadOwnTender } from './load-own-tender.ts'
import { sentTender } from './open-tender.ts'
import { proposeAnswers } from './propose-answers.ts'
import { saveAnswer } from './save-answer.ts'
import { askedNow, sentTexts } from './sent-texts.ts'

const tags = ['tenders']
const byId = z.strictObject({ id: z.uuid() })

/** What a supplier reaches: the tenders that were sent to the person who asks. */
export function supplierRoutes(app: App, deps: ProcurementDeps): void {
  readingRoutes(app, deps)
  answeringRoutes(app, deps)
  reuseRoutes(app, deps)
  proposalRoute(app, deps)
}

function readingRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/tenders',
    {
      config: { action: 'read-tender' },
      schema: {
        tags,
        summary: 'Tenders that were sent to the person who asks',
        response: { 200: z.object({ items: z.array(sentTenderSchema) }) },
      },
    },
    async () => ({ items: await listOwnTenders(deps.db, deps.now()) }),
  )
  app.get(
    '/api/v1/tenders/:id',
    {
      config: { action: 'read-tender' },
      schema: {
        tags,
        summary: 'One tender with its items and the own answers',
        params: byId,
        response: { 200: ownTenderSchema },
      },
    },
    async (request) => {
      const tender = await sentTender(deps.db, request.params.id)
      deps.may(request.actor, 'read-tender', tender)
      return loadOwnTender(deps.db, request.actor, tender, deps.now())
    },
  )
}

function answeringRoutes(app: App, deps: ProcurementDeps): void {
  app.put(
    '/api/v1/tenders/:id/answers/:item',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'Save the draft of one answer',
        params: z.strictObject({ id: z.uuid(), item: itemId }),
        body: saveAnswerSchema,
        response: { 200: savedAnswerSchema },
      },
    },
    async (request, reply) => {
      const { id: tender, item } = request.params
      const input = { tender, item, version: seenVersion(request), ...request.body }
      const saved = await saveAnswer(deps, request.actor, input)
      return reply.header('etag', etagOf(saved.version)).send(saved)
    },
  )
  app.post(
    '/api/v1/tenders/:id/hand-in',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'Hand all answers in, as they are now',
        params: byId,
        body: handInSchema,
        response: { 201: handedInSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await handIn(deps, request.actor, { tender: request.params.id, ...request.body })),
  )
}

function reuseRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/tenders/:id/earlier-answers',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'What the supplier handed in before to the same items',
        params: byId,
        response: { 200: earlierSchema },
      },
    },
    async (request) => {
      const tender = await sentTender(deps.db, request.params.id)
      deps.may(request.actor, 'answer-tender', tender)
      const found = await earlierAnswers(deps.db, tender)
      return { items: [...found].map(([item, answers]) => ({ item, answers })) }
    },
  )
  app.post(
    '/api/v1/tenders/:id/earlier-answers',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'Take earlier answers over as drafts',
        params: byId,
        body: takeEarlierSchema,
        response: { 200: z.object({ taken: z.int() }) },
      },
    },
    async (request) => takeEarlier(deps, request.actor, { tender: request.params.id, ...request.body }),
  )
}

function proposalRoute(app: App, deps: ProcurementDeps): void {
  const rules = deps.tenders.descriptions
  app.post(
    '/api/v1/tenders/:id/proposals',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary:
          'What a model description (CycloneDX ML-BOM, Hugging Face model card) says to the items; stores nothing',
        consumes: ['multipart/form-data'],
        params: byId,
        response: { 200: proposedSchema },
      },
    },
    async (request, reply) => {
      const tender = await sentTender(deps.db, request.params.id)
      deps.may(request.actor, 'answer-tender', tender)
      // What is not read of a file that is too long would keep the connection waiting.
      void reply.header('connection', 'close')
      const sent = await sentFile(request, rules.limits.bytes)
      const bytes = await buffer(sent.file)
      void reply.removeHeader('connection')
      const items = askedNow(await sentTexts(deps.db, tender.procurementId)).map(({ item }) => item)
      return proposeAnswers(rules, { bytes, fileName: sent.filename.slice(0, 200), items })
    },
  )
}
