import { z } from 'zod'

import '#access/request.ts'
import type { Action } from '#access/model.ts'
import { seenVersion } from '#access/request.ts'
import type { App } from '#platform/http.ts'

import { adoptVersion, endVersion } from './adopt-version.ts'
import {
  endBody,
  findingBody,
  reviewBody,
  reviewersSchema,
  stepSchema,
  versionChangeBody,
  versionDetailSchema,
} from './api.ts'
import { beginRule, beginVersion } from './begin-rule.ts'
import { changeVersion, discardVersion } from './change-version.ts'
import type { UserRulesDeps } from './deps.ts'
import { levels } from './model.ts'
import { loadWithRow } from './store-read.ts'
import { possibleReviewers } from './store-reviews.ts'
import { backToDraft, beginReview, findOnReview } from './review-version.ts'
import { todayIn, versionDetail } from './version-detail.ts'
import type { Step } from './workflow.ts'

const tags = ['user-rules']
const params = z.strictObject({ id: z.uuid() })
/** A refused step is an answer: it says everything that is missing. */
const stepped = { response: { 200: stepSchema } }
const told = (result: Step) =>
  result.ok
    ? { ok: true, reasons: [] }
    : { ok: false, reasons: result.reasons.map(({ code, params: told }) => ({ code, params: { ...told } })) }

export function versionRoutes(app: App, deps: UserRulesDeps): void {
  beginRoutes(app, deps)
  for (const level of levels) {
    const base = `/api/v1/${level}-rules/versions/:id`
    const config: { action: Action } = { action: `write-${level}-rule` }
    draftRoutes(app, deps, { base, config })
    adoptRoutes(app, deps, { base, config: { action: `adopt-${level}-rule` } })
  }
  app.post(
    '/api/v1/user-rules/versions/:id/finding',
    {
      config: { action: 'review-rule' },
      schema: {
        tags,
        summary: 'What a named reviewer found',
        params,
        body: findingBody,
        response: { 200: versionDetailSchema },
      },
    },
    async (request) => {
      await findOnReview(deps, request.actor, { id: request.params.id, ...request.body })
      return versionDetail(deps, request.actor, request.params.id)
    },
  )
}

const begunSchema = z.object({ id: z.uuid(), versionId: z.uuid() })

function beginRoutes(app: App, deps: UserRulesDeps): void {
  app.post(
    '/api/v1/ministry-rules',
    {
      config: { action: 'write-ministry-rule' },
      schema: {
        tags,
        summary: 'Begin the rule of an organisation with what the guide proposes',
        body: z.strictObject({ organisationId: z.uuid() }),
        response: { 201: begunSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await beginRule(deps, request.actor, request.body)),
  )
  app.post(
    '/api/v1/system-rules',
    {
      config: { action: 'write-system-rule' },
      schema: {
        tags,
        summary: 'Begin the rule of a system with what the guide proposes',
        body: z.strictObject({ systemId: z.uuid() }),
        response: { 201: begunSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await beginRule(deps, request.actor, request.body)),
  )
  for (const level of levels)
    app.post(
      `/api/v1/${level}-rules/:id/versions`,
      {
        config: { action: `write-${level}-rule` },
        schema: {
          tags,
          summary: 'Begin the next version with what was last adopted',
          params,
          response: { 201: z.object({ versionId: z.uuid(), number: z.int() }) },
        },
      },
      async (request, reply) => reply.status(201).send(await beginVersion(deps, request.actor, request.params.id)),
    )
}

type Part = { readonly base: string; readonly config: { action: Action } }

function draftRoutes(app: App, deps: UserRulesDeps, { base, config }: Part): void {
  app.patch(
    base,
    {
      config,
      schema: {
        tags,
        summary: 'Set the effective day and the contact of a draft',
        params,
        body: versionChangeBody,
        response: { 200: versionDetailSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      await changeVersion(deps, request.actor, { id, seen: seenVersion(request), ...request.body })
      return versionDetail(deps, request.actor, id)
    },
  )
  app.delete(
    base,
    { config, schema: { tags, summary: 'Throw a draft away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await discardVersion(deps, request.actor, { id: request.params.id, seen: seenVersion(request) })
      return reply.status(204).send(null)
    },
  )
  app.get(
    `${base}/reviewers`,
    { config, schema: { tags, summary: 'Who may be named to review', params, response: { 200: reviewersSchema } } },
    async (request) => {
      const today = todayIn(deps)
      const { row } = await loadWithRow(deps.db, request.params.id, today)
      deps.may(request.actor, config.action, { organisationPath: row.organisationPath })
      return { people: await possibleReviewers(deps.db, row.organisationPath[0]!, today) }
    },
  )
  app.post(
    `${base}/review`,
    { config, schema: { tags, summary: 'Hand a draft to its reviewers', params, body: reviewBody, ...stepped } },
    async (request) => {
      const { reviewers } = request.body
      return told(
        await beginReview(deps, request.actor, { id: request.params.id, seen: seenVersion(request), reviewers }),
      )
    },
  )
  app.post(
    `${base}/draft`,
    {
      config,
      schema: { tags, summary: 'Take a version back from review', params, response: { 200: versionDetailSchema } },
    },
    async (request) => {
      await backToDraft(deps, request.actor, { id: request.params.id, seen: seenVersion(request) })
      return versionDetail(deps, request.actor, request.params.id)
    },
  )
}

function adoptRoutes(app: App, deps: UserRulesDeps, { base, config }: Part): void {
  app.post(
    `${base}/adopt`,
    { config, schema: { tags, summary: 'Adopt a version; from then on it stays as it is', params, ...stepped } },
    async (request) =>
      told(await adoptVersion(deps, request.actor, { id: request.params.id, seen: seenVersion(request) })),
  )
  app.post(
    `${base}/end`,
    {
      config,
      schema: {
        tags,
        summary: 'End an adopted version from a day on',
        params,
        body: endBody,
        response: { 200: versionDetailSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      await endVersion(deps, request.actor, { id, seen: seenVersion(request), ...request.body })
      return versionDetail(deps, request.actor, id)
    },
  )
}
