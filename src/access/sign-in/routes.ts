import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

import { signInWaysSchema } from '#access/api.ts'
import { deviceOf } from '#access/sessions/device-words.ts'
import { leaveBehind, type SessionDeps } from '#access/sessions/routes.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { beginSignIn } from './begin-sign-in.ts'
import { type FinishDeps, finishSignIn } from './finish-sign-in.ts'
import { obeyLogOut } from './obey-log-out.ts'

export type SignInDeps = SessionDeps & FinishDeps

const tags = ['access']
const provider = z.object({ provider: z.string().max(40) })

/** Sign-in through a provider: begun by our page, ended by the provider sending the browser back. */
export function signInRoutes(app: App, deps: SignInDeps): void {
  app.get(
    '/api/v1/sign-in',
    {
      config: { open: true, why: 'the sign-in screen shows how one can sign in' },
      schema: { tags, summary: 'Ways to sign in', response: { 200: signInWaysSchema } },
    },
    async () => ({
      providers: deps.providers.list.map(({ id, name }) => ({ id, name, answers: deps.providers.seemsThere(id) })),
      evaluation: deps.evaluation,
    }),
  )
  app.post(
    '/api/v1/sign-in/:provider',
    {
      config: { open: true, signIn: true, why: 'signing in comes before any right' },
      schema: {
        tags,
        summary: 'Begin to sign in: where the browser goes',
        params: provider,
        body: z.strictObject({
          next: z.string().max(2000).optional(),
          language: z.enum(['ja', 'en']).optional(),
          /** The provider asks who it is, even where it knows. */
          fresh: z.boolean().default(false),
        }),
        response: { 200: z.object({ to: z.string() }) },
      },
    },
    async (request, reply) => {
      const { to, state, binding } = await beginSignIn(deps, { provider: request.params.provider, ...request.body })
      deps.cookies.setSignIn(reply, state, binding, deps.sessionLimits.signInMs)
      return reply.header('cache-control', 'no-store').send({ to })
    },
  )
  callbackRoute(app, deps)
  logOutRoute(app, deps)
}

function callbackRoute(app: App, deps: SignInDeps): void {
  app.get(
    '/api/v1/sign-in/:provider/callback',
    {
      config: { open: true, signIn: true, why: 'the provider sends the browser back before anybody is known' },
      schema: {
        tags,
        summary: 'The provider sends the browser back; leads on into the app, or to the sign-in screen with the reason',
        params: provider,
        querystring: z.looseObject({ state: z.string().max(500).default('') }),
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { state } = request.query
      const id = request.params.provider
      const binding = deps.cookies.readSignIn(request, state)
      const finished = await finishSignIn(deps, {
        provider: id,
        query: request.url.split('?')[1] ?? '',
        state,
        binding,
        device: deviceOf(request.headers['user-agent']),
      }).catch((error: unknown) => away(error, request))
      if (binding !== undefined) deps.cookies.clearSignIn(reply, state)
      if (!finished.ok) return refuse(request, reply, id, finished)
      await leaveBehind(deps, deps.cookies.read(request))
      // Claims may have ended a role that another of the person's sessions holds.
      deps.memory?.forgetPerson(finished.entered.actor.personId)
      deps.cookies.set(reply, finished.entered.token, deps.sessionLimits.absoluteMs)
      return reply.redirect(finished.next, 303)
    },
  )
}

/** A person in front of a browser is shown a page, everything else gets the error as it is. */
const wantsPage = (request: FastifyRequest) => request.headers.accept?.includes('text/html') === true

type Refusal = {
  readonly ok: false
  readonly reason: string
  readonly claim?: string | undefined
  readonly next?: string
}

function away(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof AppError && error.code === 'unavailable' && wantsPage(request))
    return { ok: false, reason: 'provider-away' }
  throw error
}

function refuse(request: FastifyRequest, reply: FastifyReply, id: string, { reason, claim, next }: Refusal) {
  if (!wantsPage(request))
    throw new AppError('not-permitted', {
      action: 'sign-in',
      reason,
      provider: id,
      ...(claim === undefined ? {} : { claim }),
    })
  const told = new URLSearchParams({ fault: reason, provider: id })
  if (claim !== undefined) told.set('claim', claim)
  if (next !== undefined && next !== '/') told.set('next', next)
  return reply.redirect(`/sign-in?${told}`, 303)
}

/** In a scope of its own, because only this route takes a form. */
function logOutRoute(app: App, deps: SignInDeps): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 64 * 1024 },
      async (_request: FastifyRequest, body: string | Buffer) => Object.fromEntries(new URLSearchParams(String(body))),
    )
    scope.post(
      '/api/v1/sign-in/:provider/back-channel-log-out',
      {
        config: { open: true, why: 'the provider orders a log-out by a token that it signs' },
        schema: {
          tags,
          summary: 'Log-out ordered by the provider (OpenID Connect Back-Channel Logout 1.0)',
          consumes: ['application/x-www-form-urlencoded'],
          params: provider,
          body: z.looseObject({ logout_token: z.string().max(32_768) }),
          response: { 200: z.object({ ended: z.int() }) },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store')
        const { provider: id } = request.params as { provider: string }
        const { logout_token: token } = request.body as { logout_token: string }
        const obeyed = await obeyLogOut(deps, id, token)
        if (!obeyed.ok) throw new AppError('bad-input', { reason: 'log-out-token', why: obeyed.reason, provider: id })
        return reply.send({ ended: obeyed.ended })
      },
    )
  })
}
