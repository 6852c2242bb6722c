import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import { fromRoot } from '#platform/root.ts'

const id = z.string().regex(/^[a-z0-9-]+$/)
const words = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })
const count = z.int().positive()
const provenance = z.enum(['official', 'secondary', 'preset'])

const locatorSchema = z.strictObject({
  at: z.string().min(1),
  fields: z.array(z.string()).min(1).optional(),
  /** Only entries whose field says this. */
  where: z.record(z.string(), z.string()).optional(),
})
export type Locator = z.infer<typeof locatorSchema>

const fileSchema = z.strictObject({
  format: z.literal('tenbin-model-description/1'),
  provenance,
  sources: z.array(z.strictObject({ id, title: words, url: z.url() })),
  limits: z.strictObject({
    provenance,
    bytes: count,
    depth: count,
    values: count,
    seconds: count,
    megabytes: count,
    headBytes: count,
    statementSigns: count,
    statementsPerTopic: count,
  }),
  topics: z.array(
    z.strictObject({
      id,
      title: words,
      cyclonedx: z.array(locatorSchema),
      huggingFace: z.strictObject({ keys: z.array(z.string()), headings: z.array(z.string()) }),
    }),
  ),
  proposals: z.array(z.strictObject({ item: id, topics: z.array(id).min(1), why: words })),
})
export type DescriptionRules = z.infer<typeof fileSchema>
export type DescriptionLimits = DescriptionRules['limits']

export const shippedDescriptionRules = fromRoot('presets/model-descriptions.yaml')

/** @throws AppError `unavailable` (`rules-faulty`) with file and field: a rule that cannot be read stops the start */
export function loadDescriptionRules(path = shippedDescriptionRules): DescriptionRules {
  const faulty = (field: string, cause?: unknown) =>
    new AppError('unavailable', { reason: 'rules-faulty', file: path, field }, cause)
  let content: unknown
  try {
    content = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw faulty('', error)
  }
  const parsed = fileSchema.safeParse(content)
  if (!parsed.success) throw faulty(parsed.error.issues[0]?.path.join('.') ?? '')
  const known = new Set(parsed.data.topics.map((topic) => topic.id))
  const unknown = parsed.data.proposals.findIndex(({ topics }) => topics.some((one) => !known.has(one)))
  if (unknown >= 0) throw faulty(`proposals.${unknown}.topics`)
  return parsed.data
}
