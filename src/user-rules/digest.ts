import { createHash } from 'node:crypto'

import { canonicalJson } from '#catalog/digest.ts'

import type { RuleVersion } from './api.ts'

type Content = Pick<RuleVersion, 'rule' | 'number' | 'effectiveFrom' | 'contact' | 'clauses'>

/**
 * SHA-256, hexadecimal, over the whole content of a version as canonical JSON: every text in both languages, every
 * sentence for staff, every setting. The staff page, the acknowledgement and the compiled rule carry this one digest.
 */
export function digestOf(version: Content): string {
  const { rule, number, effectiveFrom, contact } = version
  const clauses = version.clauses
    .filter((clause) => clause.number !== null)
    .map(({ id, number: article, section, heading, text, staff, settings, change }) => {
      return { id, article, section, heading, text, staff, settings, change }
    })
  const content = { format: 'tenbin-user-rule/1', rule: rule.id, level: rule.level, number, effectiveFrom, contact }
  return createHash('sha256')
    .update(canonicalJson({ ...content, clauses }))
    .digest('hex')
}
