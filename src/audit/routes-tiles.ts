import { z } from 'zod'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import { cosigned } from './cosignatures.ts'
import type { AuditDeps } from './routes.ts'
import { loadCheckpoint } from './store-log.ts'
import { readBundle, readTile } from './store-tiles.ts'
import { parseTilePath, widthOf } from './tiles.ts'

const tags = ['audit']
const text = 'text/plain; charset=utf-8'
const bytes = 'application/octet-stream'
/** A tile of a width never changes. */
const forever = 'max-age=31536000, immutable'
const anyPath = z.strictObject({ '*': z.string().max(100) })

/** C2SP tlog-tiles below /log. Hashes and checkpoints are for everybody; leaves for who may read the whole log. */
export function tileRoutes(app: App, { db, may }: AuditDeps): void {
  app.get(
    '/log/checkpoint',
    {
      config: { open: true, why: 'a checkpoint is made to be seen: it holds a size, a hash and signatures' },
      schema: { tags, summary: 'The last checkpoint, signed (C2SP tlog-checkpoint)', response: { 200: z.string() } },
    },
    async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=1')
        .type(text)
        .send(await checkpointText(db)),
  )
  app.get(
    '/log/checkpoint/:size',
    {
      config: { open: true, why: 'a checkpoint is made to be seen: it holds a size, a hash and signatures' },
      schema: {
        tags,
        summary: 'An earlier checkpoint, with the cosignatures that came for it',
        params: z.strictObject({ size: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 200: z.string() },
      },
    },
    async (request, reply) =>
      reply
        .header('cache-control', 'public, max-age=60')
        .type(text)
        .send(await checkpointText(db, request.params.size)),
  )
  app.get(
    '/log/tile/*',
    {
      config: { open: true, why: 'hashes tell nothing of what was hashed' },
      schema: { tags, summary: 'Hashes of the tree, up to 256 at once (C2SP tlog-tiles)', params: anyPath },
    },
    async (request, reply) => {
      const { level, n, width } = await askedFor(db, request.params['*'])
      if (level === 'entries') throw new AppError('not-found', { path: request.url })
      return reply
        .header('cache-control', `public, ${forever}`)
        .type(bytes)
        .send(await readTile(db, level, n, width))
    },
  )
  app.get(
    '/log/tile/entries/*',
    {
      config: { action: 'read-whole-log' },
      schema: { tags, summary: 'Leaves, up to 256 at once, each after its length (C2SP tlog-tiles)', params: anyPath },
    },
    async (request, reply) => {
      may(request.actor, 'read-whole-log')
      const { n, width } = await askedFor(db, `entries/${request.params['*']}`)
      const body = await asSystem(() => readBundle(db, n, width))
      return reply.header('cache-control', `private, ${forever}`).type(bytes).send(body)
    },
  )
}

async function checkpointText(db: Db, size?: number): Promise<string> {
  const found = await loadCheckpoint(db, size)
  if (!found) throw new AppError('not-found', { what: 'log-checkpoint', size: size ?? null })
  return cosigned(db, found)
}

/** Only what a checkpoint vouches for is handed out. */
async function askedFor(db: Db, path: string) {
  const asked = parseTilePath(path)
  const signed = (await loadCheckpoint(db))?.size ?? 0
  const there = asked ? widthOf(signed, asked.level === 'entries' ? 0 : asked.level, asked.n) : 0
  if (!asked || asked.width > there) throw new AppError('not-found', { path: `/log/tile/${path}` })
  return asked
}
