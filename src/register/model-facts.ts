import { type Field, fieldIds, type FieldId, fieldOf } from './fields.ts'
import { type Fact, factOf, type Facts, type FactValue, storedFacts } from './model.ts'

/** One field that is different, with what it was and what it is. */
export type FieldChange = {
  readonly scope: Field['scope']
  readonly field: FieldId | 'organisation'
  readonly from: Fact
  readonly to: Fact
}

const sameValue = (a: FactValue, b: FactValue): boolean => {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  const [one, other] = [new Set(a), new Set(b)]
  return one.size === other.size && [...one].every((item) => other.has(item))
}

/** Whether two facts say the same of the matter. Of several codes the order says nothing; nor does a note. */
export const sameFact = (a: Fact, b: Fact): boolean =>
  'value' in a ? 'value' in b && sameValue(a.value, b.value) : 'absent' in b && a.absent === b.absent

/** Whether two facts are the same to the last letter, notes and the order of several values included. */
export const identicalFact = (a: Fact, b: Fact): boolean => canonical(a) === canonical(b)
const canonical = (fact: Fact) =>
  JSON.stringify(Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))

/** The facts of `before` with those of `given` in their place; `{absent: 'unanswered'}` takes one away. */
export const replaceFacts = (before: Facts, given: Facts): Facts => storedFacts({ ...before, ...given })

/** Field by field, in the order of the table of fields. */
export function diffFacts(scope: Field['scope'], before: Facts, after: Facts): FieldChange[] {
  return fieldIds
    .filter((field) => fieldOf(field).scope === scope)
    .map((field) => ({ scope, field, from: factOf(before, field), to: factOf(after, field) }))
    .filter(({ from, to }) => !identicalFact(from, to))
}

export type StaleFact = { readonly field: FieldId; readonly at: string }

/**
 * Which facts a verdict rests on say something else now, and since when. Changing back to what was weighed clears it:
 * the verdict was given for exactly this.
 * @param restsOn the facts as they were weighed
 * @param facts   the facts of system and use as they are now
 * @param known   what was stale before: keeps its date
 */
export function staleFacts(restsOn: Facts, facts: Facts, known: readonly StaleFact[], at: string): StaleFact[] {
  return (Object.keys(restsOn) as FieldId[])
    .filter((field) => !sameFact(factOf(restsOn, field), factOf(facts, field)))
    .map((field) => known.find((k) => k.field === field) ?? { field, at })
}
