import type { FastifyRequest } from 'fastify'

import type { App } from './http.ts'
import type { Fields, Level, Logger } from './logger.ts'
import type { Problem } from './problem.ts'
import type { Telemetry, Traced } from './telemetry.ts'

/** Who asked, as ids and codes. */
export type Who = { readonly person: string; readonly role: string } | undefined

export type Watching = {
  readonly log: Logger
  readonly telemetry: Telemetry
  readonly who: (request: FastifyRequest) => Who
}

const traced = new WeakMap<FastifyRequest, Traced>()
const problems = new WeakMap<FastifyRequest, Problem>()

/** Keeps how a request failed for the line that tells of it. */
export const noteProblem = (request: FastifyRequest, problem: Problem): void => void problems.set(request, problem)

/**
 * One line and one span for each request, with its route as a pattern: never its address, query, headers or body, in
 * which there are names and words that were searched for.
 */
export function watchRequests(app: App, { log, telemetry, who }: Watching): void {
  app.addHook('onRequest', (request, _reply, done) => {
    traced.set(request, telemetry.request(request.headers, done))
  })
  const tell = (request: FastifyRequest, status: number, ms: number, event: string) => {
    const route = request.routeOptions.url ?? '(none)'
    const refusal = refusalOf(problems.get(request))
    const asking = who(request)
    const span = traced.get(request)
    span?.end({
      method: request.method,
      route,
      status,
      ms,
      attributes: { ...(asking ? { 'tenbin.role': asking.role } : {}), ...refusal.attributes },
    })
    if (refusal.attributes !== undefined && [401, 403, 429].includes(status))
      telemetry.count('tenbin.refusals', { 'http.route': route, ...refusal.attributes })
    log[levelOf(status, route)](event, {
      id: request.id,
      method: request.method,
      route,
      status,
      ms: Math.round(ms * 10) / 10,
      ...asking,
      ...refusal.fields,
      trace: span?.traceId,
    })
  }
  app.addHook('onResponse', (request, reply, done) => {
    tell(request, reply.statusCode, reply.elapsedTime, 'request')
    done()
  })
  // 499: who asked did not wait for the answer (the number is nginx's).
  app.addHook('onRequestAbort', (request, done) => {
    tell(request, 499, 0, 'request-aborted')
    done()
  })
}

/** Files of the page and the questions of a load balancer are told only to who asks for everything. */
function levelOf(status: number, route: string): Level {
  if (status >= 500) return 'error'
  if (status === 403 || status === 429) return 'warn'
  return status < 400 && !route.startsWith('/api/') ? 'debug' : 'info'
}

function refusalOf(problem: Problem | undefined): { fields: Fields; attributes?: Record<string, string> } {
  if (problem === undefined) return { fields: {} }
  const codes = Object.fromEntries(
    (['reason', 'action', 'policy'] as const).flatMap((name) => {
      const value = problem.params[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
  const { reason: _reason, ...attributes } = codes
  return { fields: { code: problem.code, ...codes }, attributes: { code: problem.code, ...attributes } }
}
