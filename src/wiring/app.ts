import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { Me } from '#access/api.ts'
import type { AccessDeps } from '#access/deps.ts'
import { declareRouteActions } from '#access/policies/route-actions.ts'
import { scopeRoutes } from '#access/policies/scope-of.ts'
import { accessRoutes } from '#access/routes.ts'
import { type AuditDeps, auditRoutes } from '#audit/routes.ts'
import { type VerificationDeps, verificationRoutes } from '#audit/verify/routes.ts'
import { type CatalogDeps, catalogRoutes } from '#catalog/routes.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { consultationRoutes } from '#consultation/routes.ts'
import { type DemoDeps, demoRoutes } from '#demo/routes.ts'
import type { EvidenceDeps } from '#evidence/deps.ts'
import { evidenceRoutes } from '#evidence/routes.ts'
import { type FinderDeps, finderRoutes } from '#finder/routes.ts'
import type { RetentionDeps } from '#keeping/apply-retention.ts'
import type { HoldDeps } from '#keeping/legal-hold.ts'
import { keepingRoutes } from '#keeping/routes.ts'
import type { NoticesDeps } from '#notifications/deps.ts'
import { noticesRoutes } from '#notifications/routes.ts'
import type { OverviewDeps } from '#overview/load-overview.ts'
import { overviewRoutes } from '#overview/routes.ts'
import { AppError } from '#platform/errors.ts'
import { type App, createHttp, type HttpOptions } from '#platform/http.ts'
import type { NewId } from '#platform/ids.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { procurementRoutes } from '#procurement/routes.ts'
import type { ExportDeps } from '#register/export/make-export.ts'
import { exportRoutes } from '#register/export/routes.ts'
import type { ImportRoutesDeps } from '#register/import/deps.ts'
import { importRoutes } from '#register/import/routes.ts'
import { type RegisterDeps, registerRoutes } from '#register/routes.ts'
import type { StagesDeps } from '#stages/deps.ts'
import { stagesRoutes } from '#stages/routes.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'
import { userRulesRoutes } from '#user-rules/routes.ts'

import { type HealthDeps, healthRoutes } from './health-routes.ts'

export type AppDeps = AccessDeps &
  AuditDeps &
  VerificationDeps &
  RegisterDeps &
  ImportRoutesDeps &
  ExportDeps &
  CatalogDeps &
  FinderDeps &
  ConsultationDeps &
  ProcurementDeps &
  UserRulesDeps &
  StagesDeps &
  OverviewDeps &
  DemoDeps &
  EvidenceDeps &
  HoldDeps &
  NoticesDeps &
  HealthDeps &
  HttpOptions & {
    /** The built web app. Without it only the API is served. */
    readonly webFolder: string | undefined
    readonly newId: NewId
    /** For the command and the job that remove what is over. */
    readonly retention: RetentionDeps
    /** Tells of the finder's edition; never null here, since a start without one is refused. */
    readonly finderInForce: () => NonNullable<Me['finder']>
  }

/** Puts the routes of all rooms on one server. Nothing listens yet: tests call `app.inject()`. */
export async function createApp(deps: AppDeps): Promise<App> {
  const app = await createHttp(deps)
  const { webFolder } = deps
  declareRouteActions(app, (address) => webFolder !== undefined && existsSync(join(webFolder, address)))
  scopeRoutes(app, deps.rights)
  healthRoutes(app, deps)
  descriptionRoute(app)
  const signing = accessRoutes(app, deps)
  auditRoutes(app, deps)
  verificationRoutes(app, deps)
  registerRoutes(app, deps)
  importRoutes(app, deps)
  exportRoutes(app, deps)
  catalogRoutes(app, deps)
  finderRoutes(app, deps)
  consultationRoutes(app, deps)
  procurementRoutes(app, deps, signing)
  userRulesRoutes(app, deps)
  stagesRoutes(app, deps)
  overviewRoutes(app, deps)
  demoRoutes(app, deps)
  evidenceRoutes(app, deps)
  keepingRoutes(app, deps)
  noticesRoutes(app, deps)
  if (webFolder !== undefined && existsSync(webFolder)) await serveWeb(app, webFolder)
  return app
}

function descriptionRoute(app: App): void {
  app.get(
    '/api/openapi.json',
    { config: { open: true, why: 'the form of the API is public; it holds no record' }, schema: { hide: true } },
    async (_request, reply) =>
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
  app.get(
    '/*',
    { config: { open: true, why: 'the one page of the web app, the same for everybody' }, schema: { hide: true } },
    async (request, reply) => {
      if (request.url.startsWith('/api/') || request.url.startsWith('/assets/'))
        throw new AppError('not-found', { path: request.url })
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    },
  )
}
