import { z } from 'zod'

import type { Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import type { Now } from '#platform/ids.ts'

import { logPageSchema, logQuerySchema, logStateSchema } from './api.ts'
import { acceptCosignature, refusalTeller } from './cosignatures.ts'
import { listLog } from './list-log.ts'
import { logState } from './log-state.ts'
import { proofRoutes } from './routes-proofs.ts'
import { tileRoutes } from './routes-tiles.ts'
import type { Actor, RunTx } from './transaction.ts'
import type { TransparencyLog } from './transparency-log.ts'

export type AuditDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  /** @throws AppError `not-permitted` */
  readonly may: (actor: Actor, action: 'read-log' | 'read-whole-log' | 'read-register') => void
  readonly transparency: TransparencyLog
}

const tags = ['audit']

export function auditRoutes(app: App, deps: AuditDeps): void {
  listRoute(app, deps)
  stateRoute(app, deps)
  proofRoutes(app, deps)
  tileRoutes(app, deps)
  cosignatureRoute(app, deps)
}

function listRoute(app: App, { db, may }: AuditDeps): void {
  app.get(
    '/api/v1/log',
    {
      config: { action: 'read-log' },
      schema: {
        tags,
        summary: 'What was done, newest first',
        querystring: logQuerySchema,
        response: { 200: logPageSchema },
      },
    },
    async (request) => {
      may(request.actor, 'read-log')
      const items = await listLog(db, request.query)
      return { items, next: items.length === request.query.limit ? items.at(-1)!.id : null }
    },
  )
}

function stateRoute(app: App, { db, may, transparency }: AuditDeps): void {
  app.get(
    '/api/v1/log/state',
    {
      config: { action: 'read-log' },
      schema: { tags, summary: 'How the transparency log stands', response: { 200: logStateSchema } },
    },
    async (request) => {
      may(request.actor, 'read-log')
      return logState(db, transparency)
    },
  )
}

/** No note is longer: each signature line is below 5,000 bytes. */
const noteBytes = 65_536

function cosignatureRoute(app: App, deps: AuditDeps): void {
  const refused = refusalTeller(deps)
  app.post(
    '/log/cosignature',
    {
      config: {
        open: true,
        why: 'only what a configured witness has signed is kept; the signature is the authorisation',
      },
      bodyLimit: noteBytes,
      schema: {
        tags,
        summary: 'Hand in a checkpoint that a witness has signed (text/plain)',
        consumes: ['text/plain'],
        body: z.string(),
        response: { 200: z.object({ size: z.int(), witnesses: z.array(z.string()) }) },
      },
    },
    (request) => acceptCosignature({ ...deps, witnesses: deps.transparency.witnesses, refused }, request.body),
  )
}
