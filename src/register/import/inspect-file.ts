import type { Readable } from 'node:stream'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import { detectEncoding } from '#register/spreadsheet/decode-text.ts'
import { readerFor } from '#register/spreadsheet/file-kind.ts'

import type { ImportFile } from './api.ts'
import type { KnownMap } from './column-maps.ts'
import type { ReadTable } from './read-table.ts'
import { readingDigest } from './reading-digest.ts'
import { doneBefore } from './store.ts'

export type InspectDeps = { readonly db: Db; readonly files: Files; readonly may: May; readonly readTable: ReadTable }

/**
 * Keeps a delivered file and tells what it is. Nothing is imported yet.
 * @throws AppError `not-permitted`, `bad-file`, `too-large`, `unsupported-format`; the fault is in params
 */
export async function inspectFile(
  deps: InspectDeps,
  actor: Actor,
  input: { fileName: string; content: Readable; maps: readonly KnownMap[] },
): Promise<ImportFile> {
  deps.may(actor, 'import')
  const kept = await deps.files.keep(input.content)
  try {
    return await inspectKept(deps, actor, { ...kept, ...input })
  } catch (error) {
    // A refused file is not kept. One that was there before belongs to somebody's import.
    if (kept.fresh) await deps.files.remove(kept.sha256)
    throw error
  }
}

async function inspectKept(
  deps: InspectDeps,
  actor: Actor,
  input: { sha256: string; bytes: number; fileName: string; maps: readonly KnownMap[] },
): Promise<ImportFile> {
  const { sha256, bytes } = input
  const content = await deps.files.read(sha256)
  const format = readerFor(input.fileName, content)
  const candidates = format === 'csv' ? detectEncoding(content) : undefined
  // A file whose bytes fit no encoding is shown all the same: the person chooses one, or lets bytes be replaced.
  const best = candidates?.[0]
  const reading = {
    sha256,
    fileName: input.fileName,
    ...(best?.confidence === 'possible' ? { encoding: best.encoding } : {}),
    ...((best?.invalid ?? 0) > 0 ? { invalidBytes: 'replace' as const } : {}),
  }
  const { grid } = await deps.readTable(reading, input.maps)
  const before = await doneBefore(deps.db, actor.organisationId, readingDigest(sha256, grid.sheet))
  return {
    sha256,
    fileName: input.fileName,
    bytes,
    format,
    sheets: grid.sheets.map((sheet) => ({ ...sheet })),
    encoding: candidates ? { ...encodingOf(candidates[0]), candidates: candidates.map(encodingOf) } : null,
    alreadyImported: before ?? null,
    warnings: grid.warnings.map(({ code, ...params }) => ({ code, params })),
  }
}

type Detected = ReturnType<typeof detectEncoding>[number]
const encodingOf = (c: Detected) => ({ encoding: c.encoding, confidence: c.confidence, sample: [...c.sample] })
