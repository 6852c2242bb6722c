import { z } from 'zod'

import type { App } from '#platform/http.ts'

import { consistencySchema, inclusionSchema } from './api.ts'
import { proveConsistency, proveInclusion } from './proofs.ts'
import type { AuditDeps } from './routes.ts'

const tags = ['audit']
const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
/** History of the house itself, besides that of the register. */
const ofTheHouse = new Set(['audit_entry', 'log_withholding'])

export function proofRoutes(app: App, { db, may }: AuditDeps): void {
  app.get(
    '/api/v1/log/proof/inclusion',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Proof that a row of the history is in the log; as text/plain, the c2sp.org/tlog-proof alone',
        querystring: z.strictObject({
          kind: z.string().regex(/^[a-z_]{1,63}$/),
          row: z.uuid(),
          size: size.optional(),
        }),
        response: { 200: z.union([inclusionSchema, z.string()]) },
      },
    },
    async (request, reply) => {
      const { kind } = request.query
      may(request.actor, 'read-register')
      if (ofTheHouse.has(kind)) may(request.actor, 'read-log')
      const open = (action: 'read-log' | 'read-whole-log') => allows(() => may(request.actor, action))
      const withheld = open('read-whole-log') ? 'all' : open('read-log') ? 'held' : 'none'
      const proof = await proveInclusion(db, { ...request.query, withheld })
      if (!wantsText(request.headers.accept)) return proof
      return reply
        .header('content-disposition', `attachment; filename="${kind}-${proof.index}.tlog-proof"`)
        .type('text/plain; charset=utf-8')
        .send(proof.tlogProof)
    },
  )
  app.get(
    '/api/v1/log/proof/consistency',
    {
      config: { open: true, why: 'hashes alone, which the tiles show to everybody' },
      schema: {
        tags,
        summary: 'Proof that the log only grew between two sizes',
        querystring: z.strictObject({ old: size, new: size.optional() }),
        response: { 200: consistencySchema },
      },
    },
    (request) => proveConsistency(db, request.query.old, request.query.new),
  )
}

const wantsText = (accept = ''): boolean => /^\s*text\/plain\b/.test(accept)

function allows(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch {
    return false
  }
}
