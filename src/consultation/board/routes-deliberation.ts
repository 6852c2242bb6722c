import { z } from 'zod'

import { seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import {
  caseDetailSchema,
  decisionInputSchema,
  declarationInputSchema,
  precedentsSchema,
  remindSchema,
  textSchema,
} from './api.ts'
import { decideRecusal, declareInterest } from './declare-interest.ts'
import { loadCase } from './load-case.ts'
import { answerBoard, askMinistry } from './messages.ts'
import { giveOpinion, saveOpinionDraft } from './opinions.ts'
import { listPrecedents, precedentsOf } from './precedents.ts'
import { remindMember } from './remind-members.ts'

const tags = ['board']
const one = z.strictObject({ id: z.uuid() })
const made = z.object({ id: z.uuid() })

/** Declarations, opinions, questions, precedents. */
export function deliberationRoutes(app: App, deps: ConsultationDeps): void {
  declaringRoutes(app, deps)
  opinionRoutes(app, deps)
  questionRoutes(app, deps)
  precedentRoutes(app, deps)
}

function declaringRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/board/cases/:id/declarations',
    {
      config: { action: 'declare-interest' },
      schema: {
        tags,
        summary: 'Declare whether one has an interest in the case, or correct what one declared',
        params: one,
        body: declarationInputSchema,
        response: { 200: caseDetailSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      await declareInterest(deps, request.actor, { id, declaration: request.body })
      return loadCase(deps, request.actor, id)
    },
  )
  app.post(
    '/api/v1/board/cases/:id/recusals',
    {
      config: { action: 'steer-case' },
      schema: {
        tags,
        summary: 'Recuse a member, or let a recused one back in (chair and secretariat)',
        params: one,
        body: decisionInputSchema,
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    async (request) => {
      await decideRecusal(deps, request.actor, { id: request.params.id, decision: request.body })
      return { ok: true as const }
    },
  )
  app.post(
    '/api/v1/board/cases/:id/reminders',
    {
      config: { action: 'steer-case' },
      schema: {
        tags,
        summary: 'Ask a member to declare',
        params: one,
        body: remindSchema,
        response: { 200: z.object({ asked: z.boolean() }) },
      },
    },
    async (request) => remindMember(deps, request.actor, { ...request.params, ...request.body }),
  )
}

function opinionRoutes(app: App, deps: ConsultationDeps): void {
  app.put(
    '/api/v1/board/cases/:id/opinion-draft',
    {
      config: { action: 'give-opinion' },
      schema: {
        tags,
        summary: 'Keep what one is writing; nobody else sees it (If-Match, "0" for the first)',
        params: one,
        body: textSchema,
        response: { 200: z.object({ text: z.string(), version: z.int(), updatedAt: z.string() }) },
      },
    },
    async (request) => {
      const version = seenVersion(request)
      return saveOpinionDraft(deps, request.actor, { ...request.params, ...request.body, version })
    },
  )
  app.post(
    '/api/v1/board/cases/:id/opinions',
    {
      config: { action: 'give-opinion' },
      schema: {
        tags,
        summary: 'Give an opinion, or amend the one given: each is a version of its own',
        params: one,
        body: textSchema,
        response: { 201: z.object({ number: z.int() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await giveOpinion(deps, request.actor, { ...request.params, ...request.body })),
  )
}

function questionRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/board/cases/:id/questions',
    {
      config: { action: 'steer-case' },
      schema: {
        tags,
        summary: 'Ask the ministry about its case',
        params: one,
        body: textSchema,
        response: { 201: made },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await askMinistry(deps, request.actor, { ...request.params, ...request.body })),
  )
  app.post(
    '/api/v1/board/cases/:id/questions/:questionId/answers',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Answer a question of the Board',
        params: z.strictObject({ id: z.uuid(), questionId: z.uuid() }),
        body: textSchema,
        response: { 201: made },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await answerBoard(deps, request.actor, { ...request.params, ...request.body })),
  )
}

const axesQuery = z
  .string()
  .max(500)
  .transform((text) =>
    Object.fromEntries(
      text
        .split(',')
        .filter((pair) => pair.includes(':'))
        .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
    ),
  )

function precedentRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/cases/:id/precedents',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Cases with a similar dossier, the most alike first',
        params: one,
        querystring: z.strictObject({ all: z.enum(['yes', 'no']).default('no') }),
        response: { 200: precedentsSchema },
      },
    },
    async (request) => precedentsOf(deps, request.actor, { id: request.params.id, all: request.query.all === 'yes' }),
  )
  app.get(
    '/api/v1/board/precedents',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Cases by the states of their axes (axes=axis-a:raised,axis-d:half) and field of work',
        querystring: z.strictObject({
          axes: axesQuery.optional(),
          fieldOfWork: z.string().max(60).optional(),
          advised: z.enum(['yes', 'no']).default('no'),
        }),
        response: { 200: precedentsSchema },
      },
    },
    async (request) => {
      const { axes = {}, fieldOfWork, advised } = request.query
      return listPrecedents(deps, { axes, fieldOfWork, advised: advised === 'yes' })
    },
  )
}
