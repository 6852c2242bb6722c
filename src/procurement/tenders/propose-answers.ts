import { createHash } from 'node:crypto'

import { AppError } from '#platform/errors.ts'
import { propose } from '#procurement/descriptions/propose.ts'
import { readInThread } from '#procurement/descriptions/read-in-thread.ts'
import type { DescriptionRules } from '#procurement/descriptions/rules.ts'

import type { Proposed } from './api.ts'

/**
 * What a description of a model says to the items asked. Nothing is written: neither the file, nor an answer.
 * @throws AppError `bad-file` with `description`: the faults, each with its place
 */
export async function proposeAnswers(
  rules: DescriptionRules,
  given: { readonly bytes: Uint8Array; readonly fileName: string; readonly items: readonly string[] },
): Promise<Proposed> {
  const { bytes, fileName, items } = given
  const read = await readInThread(bytes, rules)
  if (!read.ok) throw new AppError('bad-file', { description: read.faults, name: fileName })
  const { format, specVersion, models, statements } = read.description
  return {
    format,
    specVersion: specVersion ?? null,
    models: [...models],
    fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    statements: statements.length,
    provenance: rules.provenance,
    proposals: propose(read.description, rules, items).map(({ item, why, statements: said }) => ({
      item,
      why,
      statements: said.map(({ place, ...rest }) => ({ ...rest, place: { ...place } })),
    })),
  }
}
