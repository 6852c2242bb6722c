import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'

const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const provenance = z.enum(['official', 'secondary', 'preset'])
const span = z.union([
  z.strictObject({ days: z.int().min(1) }),
  z.strictObject({ years: z.int().min(1) }),
  z.literal('forever'),
])
export type Span = z.infer<typeof span>

const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    table: identifier,
    from: identifier,
    of: z.strictObject({ table: identifier, key: identifier, by: identifier }).optional(),
    keep: span,
    then: z.enum(['delete', 'withhold', 'release-file']),
    column: identifier.optional(),
    item: identifier.optional(),
    provenance,
    source: z.strictObject({ document: z.string(), at: z.string() }).optional(),
  })
  .refine((r) => (r.then === 'release-file') === (r.column !== undefined), { path: ['column'] })
  .refine((r) => r.provenance === 'preset' || r.source !== undefined, { path: ['source'] })
export type RetentionRule = z.infer<typeof ruleSchema>

const rulesSchema = z.strictObject({
  rules: z.array(ruleSchema).refine((all) => new Set(all.map((r) => r.id)).size === all.length, { path: ['id'] }),
  files: z.strictObject({ keep: z.strictObject({ days: z.int().min(1) }), provenance }),
})

export type RetentionRules = z.infer<typeof rulesSchema> & { readonly digest: string }

/** @throws AppError `unavailable` (`rules-faulty`) with file and field: what cannot be read removes nothing */
export function loadRetentionRules(path: string): RetentionRules {
  const faulty = (field: string, cause?: unknown) =>
    new AppError('unavailable', { reason: 'rules-faulty', file: path, field }, cause)
  let text: string
  let content: unknown
  try {
    text = readFileSync(path, 'utf8')
    content = parse(text)
  } catch (error) {
    throw faulty('', error)
  }
  const parsed = rulesSchema.safeParse(content)
  if (!parsed.success) throw faulty(parsed.error.issues[0]?.path.join('.') ?? '')
  return { ...parsed.data, digest: createHash('sha256').update(text).digest('hex') }
}

/** What began before this moment is over, or nothing where it is kept for ever. Years are those of the calendar. */
export function overBefore(keep: Span, now: Date): Date | undefined {
  if (keep === 'forever') return undefined
  const moment = new Date(now)
  if ('days' in keep) moment.setUTCDate(moment.getUTCDate() - keep.days)
  else moment.setUTCFullYear(moment.getUTCFullYear() - keep.years)
  return moment
}
