import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { hashing } from '#platform/files.ts'
import { sniff, type Refusal } from '#platform/sniff.ts'

import type { EvidenceDeps, ItemPlace } from './deps.ts'
import { type ItemKind, safeFileName } from './model.ts'
import { insertEvidence } from './store.ts'

export type EvidenceToAdd = {
  readonly item: { readonly kind: ItemKind; readonly id: string }
  readonly title: string
  readonly classification: string
  /** As the browser gave it. */
  readonly fileName: string
  readonly content: Readable
}

type Staged = { readonly path: string; readonly name: string; readonly bytes: number; readonly sha256: string }

/**
 * Attaches a file to an item. The file is written beside the store, held against size, type and scanner, and kept only
 * when all three let it pass; what is refused is named in the log and leaves nothing behind.
 * @throws AppError `not-found` (the item), `not-permitted`, `wrong-state` (the item is closed), `bad-input` (classification), `too-large`, `bad-file` with
 *   `evidence`: the code of the refusal, `unavailable` (`scan-failed`, `file-store`)
 */
export async function addEvidence(deps: EvidenceDeps, actor: Actor, input: EvidenceToAdd): Promise<{ id: string }> {
  const place = await placeOf(deps, input.item)
  deps.may(actor, 'add-evidence', place)
  if (place.closed !== undefined) throw new AppError('wrong-state', { reason: place.closed })
  const { classifications } = deps.evidence.rules
  if (!classifications.includes(input.classification))
    throw new AppError('bad-input', { field: 'classification', known: classifications })
  const name = safeFileName(input.fileName)
  const path = join(deps.evidence.staging, randomUUID())
  try {
    const staged = { path, name, ...(await stage(deps, input.content, path)) }
    const mediaType = await judged(deps, actor, { ...input, place }, staged)
    const { sha256, bytes } = await deps.files.keep(createReadStream(path))
    return await deps.tx(actor, async (t) => {
      const id = t.newId()
      const { item, title, classification } = input
      const row = { title, classification, mediaType, bytes, sha256, fileName: name }
      await insertEvidence(t.db, {
        ...row,
        id,
        organisationId: place.organisationId,
        itemKind: item.kind,
        itemId: item.id,
        at: t.at,
        by: actor.personId,
        role: actor.role,
      })
      await t.append({
        type: 'evidence.added',
        itemKind: item.kind,
        itemId: item.id,
        organisationId: place.organisationId,
        detail: { evidence: id, sha256, bytes, mediaType, classification, scanned: deps.evidence.scan !== undefined },
      })
      return { id }
    })
  } finally {
    await rm(path, { force: true })
  }
}

async function placeOf(deps: EvidenceDeps, { kind, id }: EvidenceToAdd['item']): Promise<ItemPlace> {
  const place = await deps.evidence.items[kind](deps.db, id)
  if (!place) throw new AppError('not-found', { [kind]: id })
  return place
}

async function stage(deps: EvidenceDeps, content: Readable, path: string) {
  await mkdir(deps.evidence.staging, { recursive: true })
  const limit = deps.evidence.rules.bytes
  let passed = 0
  const limiting = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      passed += chunk.length
      pass(passed > limit ? new AppError('too-large', { limit }) : null, chunk)
    },
  })
  const { through, done } = hashing()
  await pipeline(content, limiting, through, createWriteStream(path))
  return done()
}

/** @returns the media type; a refusal is logged before it is told */
async function judged(
  deps: EvidenceDeps,
  actor: Actor,
  input: EvidenceToAdd & { place: ItemPlace },
  file: Staged,
): Promise<string> {
  const refuse = async (reason: Refusal | { code: 'infected' | 'not-scanned' }, error: AppError): Promise<never> => {
    await deps.tx(actor, (t) =>
      t.append({
        type: 'evidence.refused',
        itemKind: input.item.kind,
        itemId: input.item.id,
        organisationId: input.place.organisationId,
        detail: { code: reason.code, sha256: file.sha256, bytes: file.bytes },
      }),
    )
    throw error
  }
  const bad = (reason: { code: string }) =>
    new AppError('bad-file', { ...reason, code: undefined, evidence: reason.code, name: file.name })
  const sniffed = await sniff(file, deps.evidence.rules)
  if (!sniffed.ok) return refuse(sniffed.reason, bad(sniffed.reason))
  if (deps.evidence.scan) {
    const found = await deps.evidence.scan(file.path).catch((error: unknown) => error as AppError)
    if (found instanceof Error) return refuse({ code: 'not-scanned' }, found)
    if (found === 'found') return refuse({ code: 'infected' }, bad({ code: 'infected' }))
  }
  return sniffed.mediaType
}
