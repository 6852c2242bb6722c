import { type FieldId, fieldIds } from '#register/fields.ts'
import { type Fact, type Facts, factOf } from '#register/model.ts'
import { identicalFact } from '#register/model-facts.ts'

/** One field on which two versions differ. `conflict`: both changed it, each in another way. */
export type Difference = {
  /** `null` for facts of the system, else the id of the use. */
  readonly useId: string | null
  readonly field: FieldId
  readonly before: Fact
  readonly mine: Fact
  readonly theirs: Fact
  readonly changedBy: 'mine' | 'theirs' | 'conflict'
}

export type Versions = { readonly before: Facts; readonly mine: Facts; readonly theirs: Facts }

/** The facts that changed, to be sent: a field that went away is sent as unanswered. */
export function changedFacts(before: Facts, now: Facts): Facts {
  const changed = fieldIds.filter((id) => !identicalFact(factOf(before, id), factOf(now, id)))
  return Object.fromEntries(changed.map((id) => [id, factOf(now, id)]))
}

/** Where my version and theirs differ, field by field, and who changed it since we both started. */
export function differences(useId: string | null, { before, mine, theirs }: Versions): readonly Difference[] {
  return fieldIds.flatMap((field) => {
    const [b, m, t] = [factOf(before, field), factOf(mine, field), factOf(theirs, field)]
    if (identicalFact(m, t)) return []
    const changedBy = identicalFact(b, m) ? 'theirs' : identicalFact(b, t) ? 'mine' : 'conflict'
    return [{ useId, field, before: b, mine: m, theirs: t, changedBy }]
  })
}

export type Side = 'mine' | 'theirs'
export type Choices = Readonly<Record<string, Side>>
export const differenceKey = ({ useId, field }: Pick<Difference, 'useId' | 'field'>): string =>
  `${useId ?? ''}:${field}`

/** What only one of the two changed is kept from that one; on a conflict nobody chooses for the person. */
export const proposedChoices = (found: readonly Difference[]): Choices =>
  Object.fromEntries(
    found.flatMap((d) => (d.changedBy === 'conflict' ? [] : [[differenceKey(d), d.changedBy] as const])),
  )

export const allFrom = (found: readonly Difference[], side: Side): Choices =>
  Object.fromEntries(found.map((d) => [differenceKey(d), side]))

/** My version with each difference settled as chosen; `unsettled` are those without a choice, which stay as theirs. */
export function settle(mine: Facts, found: readonly Difference[], choices: Choices) {
  const unsettled = found.filter((d) => choices[differenceKey(d)] === undefined)
  const theirs = found.filter((d) => choices[differenceKey(d)] !== 'mine')
  return { facts: { ...mine, ...Object.fromEntries(theirs.map((d) => [d.field, d.theirs])) } as Facts, unsettled }
}
