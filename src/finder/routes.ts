import * as z from 'zod'

import type { May } from '#access/may.ts'
import '#access/request.ts'
import type { RunTx } from '#audit/transaction.ts'
import { whatWouldChange } from '#catalog/what-would-change.ts'
import type { Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'

import {
  answersSchema,
  assessInputSchema,
  assessmentSchema,
  finderSchema,
  judgeInputSchema,
  rejudgeInputSchema,
  rejudgementSchema,
  resultSchema,
  staleUsesSchema,
} from './api.ts'
import { assessUse } from './assess-use.ts'
import { type Editions, judge, readAnswers } from './editions.ts'
import { judgeOtherwise } from './judge-otherwise.ts'
import { loadFinder } from './load-finder.ts'
import { rejudge } from './rejudge.ts'
import { saveDraft } from './save-draft.ts'
import { staleUses } from './store.ts'

export type FinderDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly editions: Editions
}

const tags = ['finder']
const useParams = z.strictObject({ id: z.uuid() })
/** More than anybody reads at once; the register's list pages through all. */
const mostStale = 1000

export function finderRoutes(app: App, deps: FinderDeps): void {
  app.get(
    '/api/v1/uses/:id/finder',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'The finder of one use: prefilled answers, draft, assessments, and what the person may do',
        params: useParams,
        response: { 200: finderSchema },
      },
    },
    async (request) => loadFinder(deps, request.actor, request.params.id),
  )
  app.put(
    '/api/v1/uses/:id/finder/draft',
    {
      config: { action: 'assess' },
      schema: {
        tags,
        summary: 'Keep answers that are not yet weighed',
        params: useParams,
        body: z.strictObject({ answers: answersSchema }),
        response: { 200: z.object({ at: z.string() }) },
      },
    },
    async (request) => saveDraft(deps, request.actor, { useId: request.params.id, answers: request.body.answers }),
  )
  app.post(
    '/api/v1/uses/:id/assessments',
    {
      config: { action: 'assess' },
      schema: {
        tags,
        summary: 'Weigh a use by the edition in force',
        params: useParams,
        body: assessInputSchema,
        response: { 201: assessmentSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await assessUse(deps, request.actor, { ...request.body, useId: request.params.id })),
  )
  app.post(
    '/api/v1/assessments/:id/judgement',
    {
      config: { action: 'override-verdict' },
      schema: {
        tags,
        summary: 'The Chief AI Officer decides, as the rule says or otherwise, with a reason',
        params: useParams,
        body: judgeInputSchema,
        response: { 200: assessmentSchema },
      },
    },
    async (request) => judgeOtherwise(deps, request.actor, { ...request.body, assessmentId: request.params.id }),
  )
  severalRoutes(app, deps)
}

function severalRoutes(app: App, deps: FinderDeps): void {
  app.post(
    '/api/v1/finder/evaluate',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Evaluate answers by the edition in force; nothing is kept',
        body: z.strictObject({ answers: answersSchema }),
        response: { 200: z.object({ result: resultSchema, whatWouldChange: z.unknown() }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-register')
      const edition = deps.editions.inForce()
      const answers = readAnswers(edition, request.body.answers)
      return { result: judge(edition, answers), whatWouldChange: whatWouldChange(edition.compiled, answers) }
    },
  )
  app.post(
    '/api/v1/finder/rejudge',
    {
      config: { action: 'rejudge' },
      schema: {
        tags,
        summary: 'Judge the stored answers again under another edition; list, or record, what comes out differently',
        body: rejudgeInputSchema,
        response: { 200: rejudgementSchema },
      },
    },
    async (request) => rejudge(deps, request.actor, request.body),
  )
  app.get(
    '/api/v1/finder/stale',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Uses whose verdict rests on a fact that has changed',
        querystring: z.strictObject({ organisation: z.uuid().optional() }),
        response: { 200: staleUsesSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-register')
      return { items: await staleUses(deps.db, request.query.organisation, mostStale) }
    },
  )
}
