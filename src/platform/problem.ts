import type { FastifyError, FastifyReply } from 'fastify'

import { isDatabaseAway } from './database-away.ts'
import { AppError, type ErrorParams, statusOf } from './errors.ts'

/** RFC 9457; `code` and `params` are what the page words. */
export type Problem = { readonly code: string; readonly status: number; readonly params: ErrorParams }

/** How long until it is worth asking again, s; our preset. */
const retryAfterSeconds = 5

export function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, status: statusOf[error.code], params: error.params }
  const e = error as FastifyError
  if (e.validation)
    return { code: 'bad-input', status: 400, params: { in: e.validationContext, issues: e.validation.map(issueOf) } }
  if (e.code === 'FST_REQ_FILE_TOO_LARGE' || e.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { code: 'too-large', status: 413, params: {} }
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500)
    return { code: 'bad-input', status: e.statusCode, params: { reason: e.code } }
  if (isDatabaseAway(error)) return { code: 'unavailable', status: 503, params: { reason: 'database' } }
  // 22P05 and 22021: a text that no PostgreSQL text can hold (NUL, half a surrogate).
  if (e.code === '22P05' || e.code === '22021') return { code: 'bad-input', status: 400, params: { reason: 'text' } }
  return { code: 'bug', status: 500, params: {} }
}

const issueOf = (issue: { instancePath?: string; message?: string; keyword?: string; params?: unknown }) => ({
  path: issue.instancePath ?? '',
  keyword: issue.keyword ?? '',
  message: issue.message ?? '',
})

export const problemType = 'application/problem+json; charset=utf-8'

export const problemBody = (problem: Problem, requestId: string) => ({
  type: 'about:blank',
  title: problem.code,
  ...problem,
  requestId,
})

export function sendProblem(reply: FastifyReply, requestId: string, problem: Problem) {
  if (problem.status === 503 && !reply.hasHeader('retry-after')) void reply.header('retry-after', retryAfterSeconds)
  return reply
    .status(problem.status)
    .header('content-type', problemType)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemBody(problem, requestId))
}
