import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

import { AppError } from '#platform/errors.ts'

import type { Entry, Library } from './catalog-library.ts'
import { readYamlFile } from './yaml-file.ts'

const fileName = 'in-force.yaml'
const named = z.strictObject({ catalog: z.string().min(1), edition: z.string().min(1) })
/** Which edition each part of the product uses. A part that is not named uses none. */
const schema = z.strictObject({
  finder: named.optional(),
  /** Which check items are proposed, and the texts that go into specification and contract. */
  procurement: named.optional(),
  /** Clauses and settings from which a user's rule begins. */
  'user-rules': named.optional(),
  /** What a step to the next stage needs. */
  stages: named.optional(),
})
type Part = keyof z.infer<typeof schema>

/**
 * The edition in force for a part, as `in-force.yaml` names it. Of several folders the last one that names the part wins,
 * so that a ministry's own folder comes before the one that is shipped.
 * @throws AppError `unavailable` saying which file names what, when the file cannot be read, nothing is named, or the
 *   edition is not in the library
 */
export function entryInForce(folders: readonly string[], library: Library, part: Part): Entry {
  const files = folders.map((folder) => join(folder, fileName)).filter((file) => existsSync(file))
  const naming = files.map((file) => ({ file, wanted: readFile(file)[part] })).findLast((f) => f.wanted !== undefined)
  if (!naming?.wanted) throw new AppError('unavailable', { reason: 'none-in-force', part, folders })
  const entry = library.get(naming.wanted.catalog, naming.wanted.edition)
  if (!entry)
    throw new AppError('unavailable', { reason: 'in-force-missing', part, file: naming.file, ...naming.wanted })
  return entry
}

function readFile(file: string): z.infer<typeof schema> {
  const read = readYamlFile(file, file)
  if (!read.ok) throw new AppError('unavailable', { reason: 'in-force-unreadable', file, faults: read.faults })
  const parsed = schema.safeParse(read.yaml.value)
  if (!parsed.success)
    throw new AppError('unavailable', { reason: 'in-force-unreadable', file, issues: parsed.error.issues })
  return parsed.data
}
