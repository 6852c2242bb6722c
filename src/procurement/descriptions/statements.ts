import type { Place, Statement } from './model.ts'
import type { DescriptionLimits } from './rules.ts'

/** A statement as it is shown: one space for several, lines kept, cut where it is longer than anybody reads. */
export function statementOf(topic: string, said: string, place: Place, limits: DescriptionLimits): Statement {
  // What changes the direction of writing or is not seen does not come in.
  const clean = said
    .replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  const signs = Array.from(clean)
  const cut = signs.length > limits.statementSigns
  return { topic, text: cut ? signs.slice(0, limits.statementSigns).join('') : clean, cut, place }
}
