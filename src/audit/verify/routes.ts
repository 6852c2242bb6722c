import { sql } from 'kysely'
import { z } from 'zod'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import { verificationSchema } from './api.ts'
import { lastVerifications, verificationById } from './store-verifications.ts'
import { beginVerification, type VerifyDeps } from './verify-log.ts'

export type VerificationDeps = Omit<VerifyDeps, 'keyFile'> & {
  /** @throws AppError `not-permitted` */
  readonly may: (actor: Actor, action: 'read-log' | 'read-whole-log') => void
  readonly transparency: { readonly keyFile: string; readonly witnesses: readonly unknown[] }
  readonly onBug: (error: unknown, requestId: string) => void
}

const tags = ['audit']

/** Runs of the verifier on the log in the database. */
export function verificationRoutes(app: App, deps: VerificationDeps): void {
  app.get(
    '/api/v1/log/verifications',
    {
      config: { action: 'read-log' },
      schema: {
        tags,
        summary: 'The last runs of the verifier, newest first',
        querystring: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
        response: { 200: z.object({ verifications: z.array(verificationSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-log')
      return { verifications: await asSystem(() => lastVerifications(deps.db, request.query.limit)) }
    },
  )
  app.get(
    '/api/v1/log/verifications/:id',
    {
      config: { action: 'read-log' },
      schema: {
        tags,
        summary: 'One run of the verifier, with what it found',
        params: z.strictObject({ id: z.uuid() }),
        response: { 200: verificationSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-log')
      const found = await asSystem(() => verificationById(deps.db, request.params.id))
      if (!found) throw new AppError('not-found', { what: 'log-verification' })
      return found
    },
  )
  startRoute(app, deps)
}

/** A note with a signature of each of many witnesses is still smaller. */
const noteLength = 65_536

function startRoute(app: App, deps: VerificationDeps): void {
  app.post(
    '/api/v1/log/verifications',
    {
      config: { action: 'read-whole-log' },
      schema: {
        tags,
        summary: 'Begin to verify the log; the run goes on behind the answer',
        body: z.strictObject({
          /** Checkpoints that were given out earlier, to compare the log with. */
          checkpoints: z.array(z.string().min(1).max(noteLength)).max(5).default([]),
        }),
        response: { 202: verificationSchema },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'read-whole-log')
      const { checkpoints } = request.body
      const keyFile = deps.transparency.keyFile
      if (await asSystem(() => isRunning(deps))) throw new AppError('wrong-state', { reason: 'verification-running' })
      const { id, finished } = await beginVerification({ ...deps, keyFile }, request.actor, { checkpoints })
      // A run that could not be finished is kept as failed; what is a bug is told where bugs are told.
      finished.catch((error: unknown) => deps.onBug(error, request.id))
      const begun = await asSystem(() => verificationById(deps.db, id))
      return reply.status(202).send(begun!)
    },
  )
}

/** One at a time; one that was broken off with its process does not stand in the way for ever. */
async function isRunning({ db, now }: VerificationDeps): Promise<boolean> {
  const since = new Date(now().getTime() - 3_600_000).toISOString()
  const { rows } = await sql`select 1 from log_verification
    where outcome = 'running' and started_at > ${since}::timestamptz limit 1`.execute(db)
  return rows.length > 0
}
