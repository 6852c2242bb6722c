import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type * as z from 'zod'

import { fieldOf, type FieldId, isFieldId } from '#register/fields.ts'
import { type Absent, type Fact, type Facts, factSchema } from '#register/model.ts'

import { idOf } from './ids.ts'
import {
  organisationsSchema,
  peopleSchema,
  suppliersSchema,
  type System,
  systemsSchema,
  viewsSchema,
} from './model-content.ts'
import { acknowledgementsSchema, staffOf } from './put-acknowledgements.ts'
import { adviceContentSchema } from './put-advice.ts'
import { boardSchema } from './put-board.ts'
import { consultationsSchema } from './put-consultations.ts'
import { procurementsSchema } from './put-procurements.ts'
import { tendersSchema } from './put-tenders.ts'
import { userRulesSchema } from './put-user-rules.ts'

const folder = fileURLToPath(new URL('../../demo', import.meta.url))

/** The demonstration content as it stands in `demo/`. @throws an error naming file and key where it is not well formed */
export function readContent() {
  const acknowledgements = read('acknowledgements.yaml', acknowledgementsSchema)
  const systems = readdirSync(join(folder, 'systems')).toSorted()
  return {
    organisations: read('organisations.yaml', organisationsSchema),
    people: [...read('people.yaml', peopleSchema), ...staffOf(acknowledgements)],
    ...read('suppliers.yaml', suppliersSchema),
    views: read('saved-views.yaml', viewsSchema),
    acknowledgements,
    advice: read('advice.yaml', adviceContentSchema),
    board: read('board.yaml', boardSchema),
    consultation: read('consultation.yaml', consultationsSchema),
    procurements: read('procurement.yaml', procurementsSchema).procurements,
    tenders: read('tenders.yaml', tendersSchema).tenders,
    userRules: read('user-rules.yaml', userRulesSchema).rules,
    systems: systems.flatMap((file) => read(join('systems', file), systemsSchema).systems).toSorted(byRegistration),
  }
}
export type Content = ReturnType<typeof readContent>

function read<T>(file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(readFileSync(join(folder, file), 'utf8'), { merge: true }))
  if (parsed.success) return parsed.data
  throw new Error(`demo/${file}: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`)
}

/** Numbers are given in the order of registration, as in an office. */
const byRegistration = (a: System, b: System) => (registeredOn(a) < registeredOn(b) ? -1 : 1)
export const registeredOn = (system: System): string =>
  system.registered ??
  Object.values(system.stages)
    .map((s) => s.on)
    .toSorted()[0] ??
  ''

/** Facts of the files: a value, or `{ unknown | not-applicable | withheld: note }`, or `{ waived: why, by: post }`. */
export function factsFrom(where: string, given: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(
    Object.entries(given).map(([field, raw]) => {
      if (!isFieldId(field)) throw new Error(`demo: ${where}: ${field} is not a field`)
      const fact = factSchema(field).safeParse(factFrom(field, raw))
      if (!fact.success) throw new Error(`demo: ${where}: ${field}: ${fact.error.message}`)
      return [field, fact.data]
    }),
  )
}

function factFrom(field: FieldId, raw: unknown): unknown {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return absentFrom(raw as Record<string, string>)
  const { kind } = fieldOf(field)
  if (kind === 'supplier') return { value: idOf(`supplier ${String(raw)}`) } satisfies Fact
  if (kind === 'models') return { value: (raw as string[]).map((key) => idOf(`model ${key}`)) } satisfies Fact
  return { value: raw }
}

function absentFrom(raw: Record<string, string>): Absent | Record<string, string> {
  const { since, by } = raw
  if (raw['unknown'] !== undefined) return { absent: 'unknown', note: raw['unknown'], ...(since ? { since } : {}) }
  if (raw['not-applicable'] !== undefined) return { absent: 'not-applicable', note: raw['not-applicable'] }
  if (raw['withheld'] !== undefined) return { absent: 'withheld', note: raw['withheld'] }
  if (raw['waived'] !== undefined) return { absent: 'waived', why: raw['waived'], by: by ?? '' }
  return raw
}
