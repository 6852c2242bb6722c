import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import { byteKinds, type SniffRules } from '#platform/sniff.ts'

const provenance = { provenance: z.enum(['official', 'secondary', 'preset']) }
const count = z.int().positive()

const fileSchema = z.strictObject({
  limits: z.strictObject({
    ...provenance,
    bytes: count,
    unpackedBytes: count,
    parts: count,
    unpackedPerPacked: count,
    ratioFromBytes: count,
  }),
  classifications: z.strictObject({
    ...provenance,
    source: z.strictObject({ document: z.string(), at: z.string() }).optional(),
    ids: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  }),
  types: z.strictObject({
    ...provenance,
    list: z
      .array(
        z.strictObject({
          ending: z.string().regex(/^[a-z0-9]{1,8}$/),
          mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
          bytes: z.enum(byteKinds),
        }),
      )
      .min(1),
  }),
})

export type EvidenceRules = SniffRules & {
  readonly bytes: number
  readonly classifications: readonly string[]
}

/** @throws AppError `unavailable` (`rules-faulty`) with file and field: a rule that cannot be read stops the start */
export function loadEvidenceRules(path: string): EvidenceRules {
  const { limits, classifications, types } = readRules(path, fileSchema)
  return { types: types.list, limits, bytes: limits.bytes, classifications: classifications.ids }
}

function readRules<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
  let content: unknown
  try {
    content = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new AppError('unavailable', { reason: 'rules-faulty', file: path, field: '' }, error)
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('unavailable', { reason: 'rules-faulty', file: path, field })
}
