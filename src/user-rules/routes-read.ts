import { z } from 'zod'

import '#access/request.ts'
import { etagOf } from '#access/request.ts'
import type { App } from '#platform/http.ts'

import { clauseSchema, compiledSchema, guideClauseSchema, ruleListSchema, versionDetailSchema } from './api.ts'
import { combine, compile } from './compile.ts'
import type { UserRulesDeps } from './deps.ts'
import { plainText } from './export-rule.ts'
import { levels } from './model.ts'
import { loadInForce, loadVersion } from './store-read.ts'
import { clausesOfNumber, ruleList, todayIn, versionDetail, versionInForce, versionToShow } from './version-detail.ts'

const tags = ['user-rules']
const config = { action: 'read-user-rules' } as const
const byId = z.strictObject({ id: z.uuid() })
const whole = z.coerce.number().int().min(1).max(100_000)
const ofVersion = z.strictObject({ version: whole.optional() })

export function ruleReadRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/user-rules',
    {
      config,
      schema: {
        tags,
        summary: 'User rules of ministry and systems, with their versions',
        response: { 200: ruleListSchema },
      },
    },
    (request) => ruleList(deps, request.actor),
  )
  app.get(
    '/api/v1/user-rules/guide',
    {
      config,
      schema: {
        tags,
        summary: 'Clauses that the guide offers',
        querystring: z.strictObject({ level: z.enum(levels) }),
        response: {
          200: z.object({ catalog: z.string(), edition: z.string(), clauses: z.array(guideClauseSchema) }),
        },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-user-rules')
      const { catalog, edition, clauses } = deps.userRuleGuide
      return {
        catalog,
        edition,
        clauses: clauses[request.query.level].map(({ id, renders, content }) => {
          const { section, heading, text, settings } = content
          return { id, section, heading, text, renders, settings: settings.length }
        }),
      }
    },
  )
  app.get(
    '/api/v1/user-rules/:id',
    {
      config,
      schema: {
        tags,
        summary: 'A version of a rule: the one named, else the one worked on, else the one in force',
        params: byId,
        querystring: ofVersion,
        response: { 200: versionDetailSchema },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'read-user-rules')
      const id = await versionToShow(deps, request.params.id, request.query.version)
      const detail = await versionDetail(deps, request.actor, id)
      void reply.header('etag', etagOf(detail.version.version))
      return detail
    },
  )
  app.get(
    '/api/v1/user-rules/:id/clauses',
    {
      config,
      schema: {
        tags,
        summary: 'The clauses of one version, for a comparison',
        params: byId,
        querystring: z.strictObject({ version: whole }),
        response: { 200: z.object({ clauses: z.array(clauseSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-user-rules')
      return { clauses: await clausesOfNumber(deps, request.params.id, request.query.version) }
    },
  )
  formRoutes(app, deps)
}

function formRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/user-rules/:id/compiled',
    {
      config,
      schema: {
        tags,
        summary: 'The rule in force as a machine reads it; that of a system together with that of its ministry',
        params: byId,
        querystring: ofVersion,
        response: { 200: compiledSchema },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'read-user-rules')
      const today = todayIn(deps)
      const { version: number } = request.query
      // A machine is given what is in force: a draft only when it is asked for by its number.
      const id =
        number === undefined
          ? await versionInForce(deps, request.params.id)
          : await versionToShow(deps, request.params.id, number)
      const version = await loadVersion(deps.db, id, today)
      const { level, organisation } = version.rule
      const on = version.effectiveFrom !== null && version.effectiveFrom > today ? version.effectiveFrom : today
      const ministry =
        level === 'system' ? await loadInForce(deps.db, { organisationId: organisation.id }, on) : undefined
      void reply.header('etag', `"${version.digest}"`)
      const own = compile(version)
      return ministry ? combine(compile(ministry), own) : own
    },
  )
  app.get(
    '/api/v1/user-rules/:id/text',
    {
      config,
      schema: {
        tags,
        summary: 'The full text of a version, as plain text',
        params: byId,
        querystring: z.strictObject({ version: whole.optional(), language: z.enum(['ja', 'en']).default('ja') }),
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'read-user-rules')
      const { version: number, language } = request.query
      const id = await versionToShow(deps, request.params.id, number)
      const version = await loadVersion(deps.db, id, todayIn(deps))
      void reply
        .header('content-type', 'text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="user-rule-v${version.number}-${language}.txt"`)
      return plainText(version, language)
    },
  )
}
