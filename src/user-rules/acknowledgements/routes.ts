import { z } from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import { acknowledgeVersion } from './acknowledge-version.ts'
import {
  acknowledgedSchema,
  acknowledgeSchema,
  answeredSchema,
  answerSchema,
  myRulesSchema,
  usableSystemSchema,
} from './api.ts'
import { answerQuestion } from './answer-question.ts'
import { loadMyRules } from './my-rules.ts'
import { followRoutes } from './routes-follow.ts'
import { usableSystems, useSystem } from './use-system.ts'

const tags = ['user-rules']
const byId = z.strictObject({ id: z.uuid() })

export function acknowledgementRoutes(app: App, deps: UserRulesDeps): void {
  ownRoutes(app, deps)
  usedSystems(app, deps)
  followRoutes(app, deps)
}

function ownRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/my-rules',
    {
      config: { action: 'read-user-rules' },
      schema: {
        tags,
        summary: 'The rules that concern the person, and what changed since one acknowledged them',
        response: { 200: myRulesSchema },
      },
    },
    async (request) => loadMyRules(deps, request.actor),
  )
  app.post(
    '/api/v1/rule-versions/:id/acknowledgement',
    {
      config: { action: 'acknowledge-rule' },
      schema: {
        tags,
        summary: 'Acknowledge the version in force',
        params: byId,
        body: acknowledgeSchema,
        response: { 200: acknowledgedSchema },
      },
    },
    async (request) =>
      acknowledgeVersion(deps, request.actor, { versionId: request.params.id, digest: request.body.digest }),
  )
  app.post(
    '/api/v1/check-questions/:id/answer',
    {
      config: { action: 'acknowledge-rule' },
      schema: {
        tags,
        summary: 'Answer a check question; the answer is not kept with the person',
        params: byId,
        body: answerSchema,
        response: { 200: answeredSchema },
      },
    },
    async (request) => answerQuestion(deps, request.actor, { id: request.params.id, choice: request.body.choice }),
  )
}

function usedSystems(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/usable-systems',
    {
      config: { action: 'read-user-rules' },
      schema: {
        tags,
        summary: 'AI systems in operation in the ministry of the person',
        response: { 200: z.object({ systems: z.array(usableSystemSchema) }) },
      },
    },
    async (request) => ({ systems: await usableSystems(deps, request.actor) }),
  )
  for (const [method, uses] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    app.route({
      method,
      url: '/api/v1/usable-systems/:id/use',
      config: { action: 'acknowledge-rule' },
      schema: {
        tags,
        summary: uses ? 'Say that one uses a system' : 'Say that one no longer uses a system',
        params: byId,
        response: { 204: z.null() },
      },
      handler: async (request, reply) => {
        await useSystem(deps, request.actor, { systemId: request.params.id, uses })
        return reply.status(204).send(null)
      },
    })
}
