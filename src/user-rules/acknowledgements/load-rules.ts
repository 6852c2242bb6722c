import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'

const rulesSchema = z.strictObject({
  dueDays: z.int().min(1).max(366),
  remindDays: z.int().min(0).max(366),
  fewestAnswers: z.int().min(1),
  provenance: z.enum(['official', 'secondary', 'preset']),
})
export type AcknowledgementRules = z.infer<typeof rulesSchema>

/** @throws AppError `unavailable` (`rules-faulty`) with file and field: a rule that cannot be read stops the start */
export function loadAcknowledgementRules(path: string): AcknowledgementRules {
  const faulty = (field: string, cause?: unknown) =>
    new AppError('unavailable', { reason: 'rules-faulty', file: path, field }, cause)
  let content: unknown
  try {
    content = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw faulty('', error)
  }
  const parsed = rulesSchema.safeParse(content)
  if (!parsed.success) throw faulty(parsed.error.issues[0]?.path.join('.') ?? '')
  return parsed.data
}
