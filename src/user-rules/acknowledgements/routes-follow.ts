import { z } from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import {
  followedRuleSchema,
  followedSchema,
  missingQuery,
  questionsSchema,
  remindedSchema,
  remindSchema,
  staffPageSchema,
  writtenQuestionsSchema,
} from './api.ts'
import { exportStaff } from './export-staff.ts'
import { followedRules, followRule, staffOf } from './follow.ts'
import { remindStaff } from './remind-staff.ts'
import { readQuestions, writeQuestions } from './write-questions.ts'

const tags = ['user-rules']
const byId = z.strictObject({ id: z.uuid() })
const read = { action: 'read-acknowledgements' } as const

const afterSchema = z.tuple([z.string(), z.uuid()])
const writeAfter = (key: readonly [string, string]) => Buffer.from(JSON.stringify(key)).toString('base64url')
function readAfter(cursor: string | undefined): [string, string] | undefined {
  if (cursor === undefined || cursor === '') return undefined
  try {
    return afterSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
  }
}

export function followRoutes(app: App, deps: UserRulesDeps): void {
  countRoutes(app, deps)
  peopleRoutes(app, deps)
  questionRoutes(app, deps)
}

function countRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/acknowledgements/rules',
    {
      config: read,
      schema: {
        tags,
        summary: 'Rules in force whose acknowledgement can be followed',
        response: { 200: z.object({ rules: z.array(followedRuleSchema) }) },
      },
    },
    async (request) => ({ rules: await followedRules(deps, request.actor) }),
  )
  app.get(
    '/api/v1/acknowledgements',
    {
      config: read,
      schema: {
        tags,
        summary: 'Who has acknowledged a rule, counted by organisation',
        querystring: z.strictObject({ rule: z.uuid(), organisation: z.uuid().optional() }),
        response: { 200: followedSchema },
      },
    },
    async (request) => {
      const { reminder, ...followed } = await followRule(deps, request.actor, request.query)
      return { ...followed, reminder: { ...reminder, may: may(deps, request.actor) } }
    },
  )
  app.post(
    '/api/v1/acknowledgements/reminders',
    {
      config: { action: 'remind-staff' },
      schema: {
        tags,
        summary: 'Tell those who must still acknowledge, once a day',
        body: remindSchema,
        response: { 201: remindedSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await remindStaff(deps, request.actor, request.body)),
  )
}

function may(deps: UserRulesDeps, actor: Parameters<UserRulesDeps['may']>[0]): boolean {
  try {
    deps.may(actor, 'remind-staff')
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

function peopleRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/acknowledgements/people',
    {
      config: read,
      schema: {
        tags,
        summary: 'The people behind a count',
        querystring: missingQuery.extend({
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: staffPageSchema },
      },
    },
    async (request) => {
      const { cursor, limit, ...asked } = request.query
      const { items, last } = await staffOf(deps, request.actor, asked, { limit, after: readAfter(cursor) })
      return { items, next: last && writeAfter(last) }
    },
  )
  app.get(
    '/api/v1/acknowledgements/people.csv',
    {
      config: read,
      schema: {
        tags,
        summary: 'The people behind a count, as CSV',
        querystring: missingQuery.extend({ language: z.enum(['ja', 'en']).default('ja') }),
      },
    },
    async (request, reply) => {
      const { language, ...asked } = request.query
      const file = await exportStaff(deps, request.actor, asked, language)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="acknowledgements.csv"')
        .send(file)
    },
  )
}

function questionRoutes(app: App, deps: UserRulesDeps): void {
  app.get(
    '/api/v1/rule-versions/:id/check-questions',
    {
      config: read,
      schema: {
        tags,
        summary: 'Check questions of a version, with answers and counts of first choices',
        params: byId,
        response: { 200: writtenQuestionsSchema },
      },
    },
    async (request, reply) => {
      const written = await readQuestions(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(written.version)).send(written)
    },
  )
  app.put(
    '/api/v1/rule-versions/:id/check-questions',
    {
      config: { action: 'write-check-questions' },
      schema: {
        tags,
        summary: 'Write the check questions of a version that is not adopted',
        params: byId,
        body: questionsSchema,
        response: { 200: z.object({ version: z.int() }) },
      },
    },
    async (request, reply) => {
      const { questions } = request.body
      const version = seenVersion(request)
      const written = await writeQuestions(deps, request.actor, { versionId: request.params.id, version, questions })
      return reply.header('etag', etagOf(written.version)).send(written)
    },
  )
}
