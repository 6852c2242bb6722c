import * as fc from 'fast-check'

import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import { type Editions, editionsOf } from '#finder/editions.ts'
import { type FieldId, fieldOf } from '#register/fields.ts'
import type { Fact, Facts } from '#register/model.ts'

const folders = ['catalogs']

/** The editions that are shipped, with the one in force. */
export function shippedEditions(): Editions {
  const { library, faults } = loadLibrary(folders)
  if (faults.length > 0) throw new Error(JSON.stringify(faults[0]))
  return editionsOf(library, entryInForce(folders, library, 'finder'))
}

/** The facts that the finder of DS-920 v1.0 reads. */
export const finderFields = [
  'text-generative',
  'sensitive-field',
  'special-secret',
  'users-kind',
  'error-harm',
  'confidential-in-training',
  'personal-in-training',
  'human-judgement',
] as const satisfies readonly FieldId[]

/** A use that the rule lets proceed: no axis is raised. */
export const harmless: Facts = {
  'text-generative': { value: 'yes' },
  'sensitive-field': { value: 'no' },
  'special-secret': { value: 'no' },
  'users-kind': { value: 'own-ministry' },
  'error-harm': { value: 'none' },
  'confidential-in-training': { value: 'no' },
  'personal-in-training': { value: 'no' },
  'human-judgement': { value: 'all' },
}

export const aValue = (field: FieldId): fc.Arbitrary<Fact> =>
  fc.constantFrom(...(fieldOf(field).codes ?? [])).map((value) => ({ value }))
const anAbsence: fc.Arbitrary<Fact> = fc.constantFrom<Fact>(
  { absent: 'unanswered' },
  { absent: 'unknown', note: '照会中' },
  { absent: 'not-applicable' },
  { absent: 'withheld' },
  { absent: 'waived', by: 'AI統括責任者', why: '試行' },
)
const record = (of: (field: FieldId) => fc.Arbitrary<Fact>): fc.Arbitrary<Facts> =>
  fc.record(Object.fromEntries(finderFields.map((field) => [field, of(field)])))

/** Every fact has a value. */
export const fullFacts = record(aValue)
/** Some facts say why they are absent. */
export const someFacts = record((field) => fc.oneof({ weight: 3, arbitrary: aValue(field) }, anAbsence))
