import fastifyCookie from '@fastify/cookie'
import fastifyMultipart from '@fastify/multipart'
import fastifySwagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger } from 'fastify'
import {
  createJsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

import { askedFor } from './asked-for.ts'
import { isData, securityHeaders } from './headers.ts'
import { noLog } from './logger.ts'
import { problemBody, problemOf, problemType, sendProblem } from './problem.ts'
import { refuseBrokenText } from './refuse-broken-text.ts'
import { noTelemetry } from './telemetry.ts'
import { noteProblem, type Watching, watchRequests } from './watch-requests.ts'

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

export type HttpOptions = {
  /** The largest file that may be sent, bytes. */
  readonly maxUploadBytes: number
  /** Called with what nobody expected; the answer to the person carries only the receipt number. */
  readonly onBug: (error: unknown, requestId: string) => void
  /** Without it nothing is logged, traced or measured. */
  readonly watching?: Partial<Watching>
  readonly connection?: ConnectionOptions
}

export type ConnectionOptions = {
  /** People reach the server by https. */
  readonly https: boolean
  /** Addresses of load balancers whose X-Forwarded-* headers are believed. */
  readonly proxies: readonly string[]
  /** Until the headers of a request must be there, ms. */
  readonly headersMs: number
  /** Until a whole request must be there, ms. */
  readonly requestMs: number
}

/** Our presets: enough for 50 MB over a line of 1.5 Mbit/s. */
const usual: ConnectionOptions = { https: false, proxies: [], headersMs: 20_000, requestMs: 300_000 }

const lingerMs = 2000

/** A Fastify server with zod at its edge, OpenAPI 3.1 of its routes, and one answer for everything that fails. */
export async function createHttp(options: HttpOptions): Promise<App> {
  const connection = options.connection ?? usual
  const app = serverOf(connection)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  watchRequests(app, { log: noLog, telemetry: noTelemetry, who: () => undefined, ...options.watching })
  refuseBrokenText(app)
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = problemOf(error)
    noteProblem(request, problem)
    if (problem.code === 'bug') options.onBug(error, request.id)
    return sendProblem(reply, request.id, problem)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, request.id, { code: 'not-found', status: 404, params: { path: request.url } }),
  )
  app.addHook('onSend', async (request, reply) => {
    const path = askedFor(request)
    void reply.headers(securityHeaders({ path, https: connection.https }))
    // What is answered is for this person now; a shared machine must not keep it.
    if (isData(path) && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async ({ raw }) => {
    // Answered before all of it had come: who sends still has to read the answer, and then it is enough.
    const { socket } = raw
    // Node reads the rest away; a short one has come by then, and the connection serves the next request.
    const stillComing = () => !raw.complete && socket.destroy()
    if (!raw.complete && socket instanceof Socket) setTimeout(stillComing, lingerMs).unref()
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

/** Short enough to be read over the telephone. */
function newReceipt(): () => string {
  let last = 0
  return () => ((Date.now() * 1000 + (last++ % 1000)) % 0x7fffffff).toString(16).toUpperCase()
}

function serverOf({ https, proxies, headersMs, requestMs }: ConnectionOptions): App {
  const receipt = newReceipt()
  return fastify({
    logger: false,
    bodyLimit: 4 * 1024 * 1024,
    genReqId: receipt,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read reaches no route and no hook.
    frameworkErrors: (error, request, reply) => {
      void reply.headers(securityHeaders({ path: '/api/', https }))
      void sendProblem(reply, request.id, problemOf(error))
    },
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    // Who keeps a connection open without finishing a request must not keep others out.
    requestTimeout: requestMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: Math.min(5000, headersMs / 2) },
    // What runs when the server stops is finished; who waits for the next request on an open connection is not waited for.
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => refuseUnread(error, socket, { https, id: receipt() }),
  }).withTypeProvider<ZodTypeProvider>()
}

const unread: Readonly<Record<string, readonly [number, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'too-slow'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers-too-large'],
}

/** What is no request that can be read gets the same kind of answer, by hand: no route was reached. */
function refuseUnread(error: Error & { code?: string }, socket: Socket, { https, id }: { https: boolean; id: string }) {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, title, reason] = unread[error.code ?? ''] ?? [400, 'Bad Request', 'no-request']
  if (!socket.writable) return void socket.destroy(error)
  const body = JSON.stringify(problemBody({ code: 'bad-input', status, params: { reason } }, id))
  const headers = {
    ...securityHeaders({ path: '/api/', https }),
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n'))
}
