import { z } from 'zod'

import { type Field, fieldOf, fieldIds, type FieldId, isFieldId } from './fields.ts'

/** Why a value is not there. `unanswered` is never stored: it is a field without a fact. */
export const absences = ['unanswered', 'unknown', 'not-applicable', 'withheld', 'waived'] as const
export type Absence = (typeof absences)[number]

const note = z.string().max(2000).optional()
const absent = z
  .discriminatedUnion('absent', [
    z.strictObject({ absent: z.literal('unanswered') }),
    z.strictObject({ absent: z.literal('unknown'), note, since: z.iso.date().optional() }),
    z.strictObject({ absent: z.literal('not-applicable'), note }),
    z.strictObject({ absent: z.literal('withheld'), note }),
    z.strictObject({ absent: z.literal('waived'), by: z.string().min(1).max(200), why: z.string().min(1).max(2000) }),
  ])
  .meta({ id: 'Absent' })
export type Absent = z.infer<typeof absent>

/** A field is a value, or says why it is not. */
export type Fact = { readonly value: FactValue } | Absent
export type FactValue = string | number | readonly string[]
export type Facts = Readonly<Partial<Record<FieldId, Fact>>>

const text = (max: number) => z.string().trim().min(1).max(max)
const partialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)

function valueSchema(field: Field): z.ZodType<FactValue> {
  switch (field.kind) {
    case 'text':
      return text(500)
    case 'long-text':
      return text(20_000)
    case 'code':
      return z.enum(field.codes as [string, ...string[]])
    case 'codes':
      return z.array(z.enum(field.codes as [string, ...string[]])).min(1)
    case 'number':
      return z.number().finite().min(0).max(1e12)
    case 'date':
      return partialDate
    case 'supplier':
      return z.uuid()
    case 'models':
      return z.array(z.uuid()).min(1)
  }
}

const factSchemas = Object.fromEntries(
  fieldIds.map((id) => [id, z.union([z.strictObject({ value: valueSchema(fieldOf(id)) }), absent])]),
) as unknown as Record<FieldId, z.ZodType<Fact>>

export const factSchema = (id: FieldId): z.ZodType<Fact> => factSchemas[id]

/** Facts of one scope, strict: a key that is not a field of the scope is an error. */
export const factsSchema = (scope: Field['scope']): z.ZodType<Facts> =>
  z.strictObject(
    Object.fromEntries(
      fieldIds.filter((id) => fieldOf(id).scope === scope).map((id) => [id, factSchemas[id].optional()]),
    ),
  ) as z.ZodType<Facts>

export const systemFactsSchema = factsSchema('system').meta({ id: 'SystemFacts' })
export const useFactsSchema = factsSchema('use').meta({ id: 'UseFacts' })

export const unanswered: Fact = { absent: 'unanswered' }
export const factOf = (facts: Facts, id: FieldId): Fact => facts[id] ?? unanswered
export const valueOf = (facts: Facts, id: FieldId): FactValue | undefined => {
  const fact = facts[id]
  return fact && 'value' in fact ? fact.value : undefined
}
export const textOf = (facts: Facts, id: FieldId): string => {
  const value = valueOf(facts, id)
  return typeof value === 'string' ? value : ''
}
/** The state of a field for lists and counts: its absence, or `value`. */
export const stateOf = (facts: Facts, id: FieldId): 'value' | Absence => {
  const fact = factOf(facts, id)
  return 'absent' in fact ? fact.absent : 'value'
}

/** Leaves out `unanswered`, so that stored facts have one form. */
export const storedFacts = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).filter(([id, f]) => isFieldId(id) && f && !('absent' in f && f.absent === 'unanswered')),
  )

/** Verdicts as the register shows them. `not-reported`: nobody has weighed the use yet. */
export const verdicts = ['consult-board', 'cannot-decide', 'proceed', 'out-of-scope', 'not-reported'] as const
export type Verdict = (typeof verdicts)[number]
