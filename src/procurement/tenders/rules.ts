import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import { fromRoot } from '#platform/root.ts'
import { type DescriptionRules, loadDescriptionRules } from '#procurement/descriptions/rules.ts'

const fileSchema = z.strictObject({
  provenance: z.enum(['official', 'secondary', 'preset']),
  mostBidders: z.int().min(1),
  linkDaysAfterDeadline: z.int().min(0),
  reminderDaysBefore: z.int().min(1),
})
export type TenderRules = z.infer<typeof fileSchema>
export type TenderSettings = { readonly rules: TenderRules; readonly descriptions: DescriptionRules }

/** @throws AppError `unavailable` (`rules-faulty`): a rule that cannot be read stops the start */
export function loadTenderSettings(file = fromRoot('presets/tenders.yaml'), descriptions?: string): TenderSettings {
  const parsed = fileSchema.safeParse(contentOf(file))
  if (parsed.success) return { rules: parsed.data, descriptions: loadDescriptionRules(descriptions) }
  throw new AppError('unavailable', {
    reason: 'rules-faulty',
    file,
    field: parsed.error.issues[0]?.path.join('.') ?? '',
  })
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new AppError('unavailable', { reason: 'rules-faulty', file, field: '' }, error)
  }
}
