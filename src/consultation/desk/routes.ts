import * as z from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import { answerQuestion, closeQuestion, handOver, setDeadline, takeQuestion } from './answer-question.ts'
import {
  answerSchema,
  consultationListSchema,
  consultationQuery,
  consultationSchema,
  deadlineSchema,
  deskPeopleSchema,
  draftSchema,
  handOverSchema,
  newConsultationSchema,
  reasonBodySchema,
} from './api.ts'
import {
  askDesk,
  changeDraft,
  discardDraft,
  followUp,
  markRead,
  sendConsultation,
  settleQuestion,
  withdrawQuestion,
} from './ask-desk.ts'
import { listQuestions, loadConsultation } from './load-consultation.ts'
import { deskPeople } from './store-desk.ts'

const tags = ['consultation']
const params = z.strictObject({ id: z.uuid() })
const response = { 200: consultationSchema }
const none = { 204: z.null() }

export function deskRoutes(app: App, deps: ConsultationDeps): void {
  readRoutes(app, deps)
  draftRoutes(app, deps)
  askerRoutes(app, deps)
  deskDeeds(app, deps)
}

function readRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/consultations',
    {
      config: { action: 'read-consultations' },
      schema: {
        tags,
        summary: 'Questions to the Consultation Desk, open ones first',
        querystring: consultationQuery,
        response: { 200: consultationListSchema },
      },
    },
    async (request) => listQuestions(deps, request.actor, request.query),
  )
  app.get(
    '/api/v1/consultations/:id',
    {
      config: { action: 'read-consultations' },
      schema: { tags, summary: 'A question with its thread, and what may be done with it', params, response },
    },
    async (request, reply) => {
      const found = await loadConsultation(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(found.version)).send(found)
    },
  )
  app.get(
    '/api/v1/desk-people',
    {
      config: { action: 'answer-desk' },
      schema: { tags, summary: 'Who is of the desk today', response: { 200: deskPeopleSchema } },
    },
    async () => ({ items: await deskPeople(deps.db, todayInTokyo(deps.now())) }),
  )
}

function draftRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/consultations',
    {
      config: { action: 'ask-desk' },
      schema: {
        tags,
        summary: 'Ask the Consultation Desk, or keep a draft',
        body: newConsultationSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await askDesk(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/consultations/:id',
    {
      config: { action: 'ask-desk' },
      schema: { tags, summary: 'Change a draft', params, body: draftSchema, response },
    },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await changeDraft(deps, request.actor, which, request.body)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.delete(
    '/api/v1/consultations/:id',
    { config: { action: 'ask-desk' }, schema: { tags, summary: 'Throw a draft away', params, response: none } },
    async (request, reply) => {
      await discardDraft(deps, request.actor, { id: request.params.id, version: seenVersion(request) })
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/api/v1/consultations/:id/read',
    {
      config: { action: 'ask-desk' },
      schema: { tags, summary: 'The asking side has opened the last answer', params, response: none },
    },
    async (request, reply) => {
      await markRead(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function askerRoutes(app: App, deps: ConsultationDeps): void {
  const config = { action: 'ask-desk' } as const
  app.post(
    '/api/v1/consultations/:id/send',
    { config, schema: { tags, summary: 'Send a draft to the desk', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await sendConsultation(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/follow-up',
    { config, schema: { tags, summary: 'Ask further', params, body: answerSchema, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await followUp(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/withdraw',
    { config, schema: { tags, summary: 'Withdraw a question', params, body: reasonBodySchema, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await withdrawQuestion(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/settle',
    { config, schema: { tags, summary: 'Say that the question is settled', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await settleQuestion(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
}

function deskDeeds(app: App, deps: ConsultationDeps): void {
  const config = { action: 'answer-desk' } as const
  app.post(
    '/api/v1/consultations/:id/take',
    { config, schema: { tags, summary: 'Take a question', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await takeQuestion(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/hand-over',
    {
      config,
      schema: { tags, summary: 'Hand a question over within the desk', params, body: handOverSchema, response },
    },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await handOver(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/answer',
    { config, schema: { tags, summary: 'Answer a question', params, body: answerSchema, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await answerQuestion(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/deadline',
    { config, schema: { tags, summary: 'Set or extend the deadline', params, body: deadlineSchema, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await setDeadline(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/consultations/:id/close',
    { config, schema: { tags, summary: 'Close an answered question', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await closeQuestion(deps, request.actor, which)
      return loadConsultation(deps, request.actor, which.id)
    },
  )
}
