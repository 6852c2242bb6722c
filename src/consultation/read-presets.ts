import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'

import { AppError } from '#platform/errors.ts'

/**
 * Rules of this room that are data, with provenance.
 * @throws AppError `unavailable` (`rules-faulty`) with file and field: a rule that cannot be read stops the start
 */
export function readPresets<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
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
