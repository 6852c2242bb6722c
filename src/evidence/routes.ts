import type { FastifyReply } from 'fastify'
import { z } from 'zod'

import '#access/request.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { addEvidence } from './add-evidence.ts'
import { evidenceListQuery, evidenceListSchema, evidenceSchema, proofSchema, withdrawSchema } from './api.ts'
import type { EvidenceDeps } from './deps.ts'
import { itemKinds, titleSchema } from './model.ts'
import { openEvidence, proveEvidence } from './read-evidence.ts'
import { evidenceById, evidenceOfItem } from './store.ts'
import { withdrawEvidence } from './withdraw-evidence.ts'

const tags = ['evidence']
const byId = z.strictObject({ id: z.uuid() })

export function evidenceRoutes(app: App, deps: EvidenceDeps): void {
  uploadRoute(app, deps)
  contentRoutes(app, deps)
  app.get(
    '/api/v1/evidence',
    {
      config: { action: 'read-evidence' },
      schema: {
        tags,
        summary: 'Evidence of an item, newest first, withdrawn ones too',
        querystring: evidenceListQuery,
        response: { 200: evidenceListSchema },
      },
    },
    async (request) => {
      const { itemKind, itemId } = request.query
      const place = await deps.evidence.items[itemKind](deps.db, itemId)
      if (!place) {
        await deps.evidence.notShown?.(request.actor, itemId)
        throw new AppError('not-found', { [itemKind]: itemId })
      }
      deps.may(request.actor, 'read-evidence')
      const open = (action: 'add-evidence' | 'withdraw-evidence') => holds(() => deps.may(request.actor, action, place))
      const { bytes, types, classifications } = deps.evidence.rules
      return {
        items: await evidenceOfItem(deps.db, itemKind, itemId),
        rules: { bytes, endings: types.map((t) => t.ending), classifications: [...classifications] },
        may: { add: open('add-evidence'), withdraw: open('withdraw-evidence') },
      }
    },
  )
  app.post(
    '/api/v1/evidence/:id/withdraw',
    {
      config: { action: 'withdraw-evidence' },
      schema: {
        tags,
        summary: 'Withdraw evidence; it stays to be seen',
        params: byId,
        body: withdrawSchema,
        response: { 200: evidenceSchema },
      },
    },
    async (request) => {
      await withdrawEvidence(deps, request.actor, { id: request.params.id, ...request.body })
      return evidenceById(deps.db, request.params.id)
    },
  )
}

function holds(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

const partsSchema = z.strictObject({
  itemKind: z.enum(itemKinds),
  itemId: z.uuid(),
  title: titleSchema,
  classification: z.string().max(100),
})

function uploadRoute(app: App, deps: EvidenceDeps): void {
  app.post(
    '/api/v1/evidence',
    {
      config: { action: 'add-evidence' },
      schema: {
        tags,
        summary: 'Attach a file (multipart: itemKind, itemId, title, classification, then the file)',
        consumes: ['multipart/form-data'],
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'add-evidence')
      const limit = deps.evidence.rules.bytes
      // Said in advance to be too large: refused before a byte of it is read. The words around a file are few.
      if (Number(request.headers['content-length'] ?? 0) > limit + 64 * 1024) throw tooLarge(reply, limit)
      if (!request.isMultipart()) throw new AppError('bad-input', { reason: 'no-file' })
      // Above the limit, which is judged in one place: where the file is written down.
      const sent = await request.file({
        limits: { fileSize: 2 * limit + 1024 * 1024, files: 1, fields: 10, fieldSize: 4096 },
      })
      if (!sent) throw new AppError('bad-input', { reason: 'no-file' })
      const { title, classification, itemKind, itemId } = partsOf(sent.fields)
      const item = { kind: itemKind, id: itemId }
      const input = { item, title, classification, fileName: sent.filename, content: sent.file }
      const added = await addEvidence(deps, request.actor, input).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'too-large' ? tooLarge(reply, limit) : error
      })
      return reply.status(201).send(added)
    },
  )
}

/** The rest of the body is not read: the connection ends with the answer, or it would wait for the rest for ever. */
function tooLarge(reply: FastifyReply, limit: number): AppError {
  void reply.header('connection', 'close')
  return new AppError('too-large', { limit })
}

/** @throws AppError `bad-input`; parts that come after the file are not there yet */
function partsOf(fields: Readonly<Record<string, unknown>>): z.infer<typeof partsSchema> {
  const values = Object.entries(fields)
    .filter(([, part]) => (part as { type?: string } | undefined)?.type === 'field')
    .map(([name, part]) => [name, (part as { value?: unknown }).value])
  const parsed = partsSchema.safeParse(Object.fromEntries(values))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((i) => ({ path: `/${i.path.join('/')}`, keyword: i.code, message: i.message }))
  throw new AppError('bad-input', { in: 'body', issues })
}

/** RFC 8187, 3.2.1: four signs that encodeURIComponent leaves stand for nothing there. */
const extValue = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** The browser saves it and runs nothing of it: not shown in the page, not guessed at, in a sandbox without an origin. */
const download = (name: string, mediaType: string) => ({
  'content-type': mediaType.startsWith('text/') ? 'text/plain; charset=utf-8' : mediaType,
  'content-disposition': `attachment; filename*=UTF-8''${extValue(name)}`,
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
})

/** What is not there for who asks is told to the room whose item it may belong to. */
async function shown<T>(
  deps: EvidenceDeps,
  { actor, params }: { readonly actor: Actor; readonly params: { readonly id: string } },
  read: (id: string) => Promise<T>,
): Promise<T> {
  try {
    return await read(params.id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') await deps.evidence.notShown?.(actor, params.id)
    throw error
  }
}

function contentRoutes(app: App, deps: EvidenceDeps): void {
  app.get(
    '/api/v1/evidence/:id/content',
    {
      config: { action: 'read-evidence' },
      schema: { tags, summary: 'The file, after its bytes were held against their hash', params: byId },
    },
    async (request, reply) => {
      deps.may(request.actor, 'read-evidence')
      const { evidence, content } = await shown(deps, request, (id) => openEvidence(deps, request.actor, id))
      return reply
        .headers(download(evidence.fileName, evidence.mediaType))
        .header('content-length', evidence.bytes)
        .send(content)
    },
  )
  app.post(
    '/api/v1/evidence/:id/proof',
    {
      config: { action: 'read-evidence' },
      schema: {
        tags,
        summary: 'Whether the stored bytes are those that were handed in',
        params: byId,
        response: { 200: proofSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-evidence')
      const { sha256, bytes, ...evidence } = await shown(deps, request, (id) => evidenceById(deps.db, id))
      const { ok } = await proveEvidence(deps, request.actor, { ...evidence, sha256, bytes })
      return { ok, sha256, bytes }
    },
  )
}
