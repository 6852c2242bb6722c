import fastifyCookie from '@fastify/cookie'
import fastifyMultipart from '@fastify/multipart'
import fastifySwagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyReply } from 'fastify'
import {
  createJsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

import { AppError, type ErrorParams, statusOf } from './errors.ts'

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

export type HttpOptions = {
  /** The largest file that may be sent, bytes. */
  readonly maxUploadBytes: number
  /** Called with what nobody expected; the answer to the person carries only the receipt number. */
  readonly onBug: (error: unknown, requestId: string) => void
}

/** A Fastify server with zod at its edge, OpenAPI 3.1 of its routes, and one answer for everything that fails. */
export async function createHttp(options: HttpOptions): Promise<App> {
  let last = 0
  const app = fastify({
    logger: false,
    bodyLimit: 4 * 1024 * 1024,
    // Short enough to be read over the telephone.
    genReqId: () => ((Date.now() * 1000 + (last++ % 1000)) % 0x7fffffff).toString(16).toUpperCase(),
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'bug') options.onBug(error, request.id)
    return sendProblem(reply, request.id, problem)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, request.id, { code: 'not-found', status: 404, params: { path: request.url } }),
  )
  app.addHook('onSend', async (_request, reply) => {
    void reply.headers(securityHeaders)
  })
  await app.register(fastifyCookie)
  await app.register(fastifyMultipart, { limits: { fileSize: options.maxUploadBytes, files: 1, fields: 10 } })
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Tenbin', version: '1' }, servers: [{ url: '/' }] },
    transform: createJsonSchemaTransform({ skipList: [] }),
    // Schemas with an id are told once and referred to.
    transformObject: jsonSchemaTransformObject,
  })
  return app
}

/** Nothing is loaded from elsewhere and nothing runs that we did not ship; the page may not be framed. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const

type Problem = { readonly code: string; readonly status: number; readonly params: ErrorParams }

function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, status: statusOf[error.code], params: error.params }
  const e = error as FastifyError
  if (e.validation)
    return { code: 'bad-input', status: 400, params: { in: e.validationContext, issues: e.validation.map(issueOf) } }
  if (e.code === 'FST_REQ_FILE_TOO_LARGE' || e.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { code: 'too-large', status: 413, params: {} }
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500)
    return { code: 'bad-input', status: e.statusCode, params: { reason: e.code } }
  if (isDatabaseAway(e)) return { code: 'unavailable', status: 503, params: { reason: 'database' } }
  return { code: 'bug', status: 500, params: {} }
}

const issueOf = (issue: { instancePath?: string; message?: string; keyword?: string; params?: unknown }) => ({
  path: issue.instancePath ?? '',
  keyword: issue.keyword ?? '',
  message: issue.message ?? '',
})

/** SQLSTATE classes 08 (connection) and 57P (server going away), and what the network says. */
const isDatabaseAway = (e: { code?: string }) => /^(08|57P)|^ECONN|^EPIPE|^ENOTFOUND/.test(e.code ?? '')

function sendProblem(reply: FastifyReply, requestId: string, problem: Problem) {
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ type: 'about:blank', title: problem.code, ...problem, requestId })
}
