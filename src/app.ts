import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

import { type AccessDeps, accessRoutes } from '#access/routes.ts'
import { type RegisterDeps, registerRoutes } from '#register/routes.ts'
import { AppError } from '#platform/errors.ts'
import type { Files } from '#platform/files.ts'
import { type App, createHttp, type HttpOptions } from '#platform/http.ts'

export type AppDeps = AccessDeps &
  RegisterDeps &
  HttpOptions & {
    /** The built web app. Without it only the API is served. */
    readonly webFolder: string | undefined
    readonly files: Files
  }

/** Puts the routes of all rooms on one server. Nothing listens yet: tests call `app.inject()`. */
export async function createApp(deps: AppDeps): Promise<App> {
  const app = await createHttp(deps)
  healthRoutes(app)
  accessRoutes(app, deps)
  registerRoutes(app, deps)
  if (deps.webFolder !== undefined && existsSync(deps.webFolder)) await serveWeb(app, deps.webFolder)
  return app
}

function healthRoutes(app: App): void {
  app.get(
    '/healthz',
    {
      config: { open: true },
      schema: {
        tags: ['platform'],
        summary: 'The server answers',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  )
  app.get('/api/openapi.json', { config: { open: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
}

/** Files with a hash in their name never change; every other address is the one page of the web app. */
async function serveWeb(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: resolve(folder),
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', { config: { open: true }, schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/'))
      throw new AppError('not-found', { path: request.url })
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
