import { z } from 'zod'

/** Settings of a clause: what a machine can keep, in the same place as the text for people. Kinds and codes are our preset. */

export const wordsSchema = z.strictObject({ ja: z.string().max(4000), en: z.string().max(4000) })
export type Words = z.infer<typeof wordsSchema>

/** How an AI service was come by; DS-920 v1.0, Model User's Rule, treats those used on mere acceptance of terms apart. */
export const services = ['contracted', 'terms-of-service'] as const
export type Service = (typeof services)[number]

export const categories = [
  'name',
  'phone',
  'address',
  'mail',
  'birth-date',
  'account-number',
  'licence-number',
  'my-number',
] as const
export type Category = (typeof categories)[number]

/**
 * Strictness as data. `level`: one of `order`, strictest first. `allowed`: a list of what is allowed, so that fewer is
 * stricter. `added`: a list of what is refused or asked for, so that more is stricter. `at-most`: a number, lower is stricter.
 */
export const settingKinds = {
  purposes: { holds: 'allowed' },
  classification: { holds: 'level', order: ['none', 'confidentiality-1', 'confidentiality-2'] },
  'personal-data': { holds: 'level', order: ['refuse', 'mask', 'warn', 'allow'] },
  hosting: { holds: 'allowed' },
  subjects: { holds: 'added' },
  'output-checks': { holds: 'added' },
  retention: { holds: 'at-most' },
  logging: { holds: 'level', order: ['full', 'digest', 'counts'] },
  'quota-requests': { holds: 'at-most' },
  'quota-characters': { holds: 'at-most' },
} as const satisfies Record<
  string,
  { holds: 'level'; order: readonly string[] } | { holds: 'allowed' | 'added' | 'at-most' }
>
export type SettingKind = keyof typeof settingKinds
export const settingKindIds = Object.keys(settingKinds) as SettingKind[]

/** What a system can look at in an output by itself, and what only the person who uses it can. */
export const outputChecks = {
  'harmful-content': 'machine',
  'personal-data-in-output': 'machine',
  'grounds-shown': 'machine',
  'made-by-ai-mark': 'machine',
  'second-source': 'people',
  'bias-and-rights': 'people',
  'person-confirms': 'people',
} as const
export type OutputCheck = keyof typeof outputChecks

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
const serviceOrAny = z.enum(['any', ...services])
/** Of a setting: the words a person sees on refusal (the article is added when it is compiled), and whose proposal it is. */
const every = {
  refusal: wordsSchema.optional(),
  provenance: z.enum(['preset', 'own']).default('own'),
}
const named = z.strictObject({ ...wordsSchema.shape, terms: z.array(z.string().min(1).max(100)).max(100).optional() })

export const settingSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('purposes'),
      value: z.array(code).max(100),
      names: z.record(code, named),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('classification'),
      service: serviceOrAny,
      value: z.enum(settingKinds.classification.order),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('personal-data'),
      service: serviceOrAny,
      category: z.enum(categories),
      value: z.enum(settingKinds['personal-data'].order),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('hosting'),
      service: serviceOrAny,
      value: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('subjects'),
      value: z.array(code).max(100),
      names: z.record(code, named),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('output-checks'),
      value: z.array(z.enum(Object.keys(outputChecks) as [OutputCheck, ...OutputCheck[]])).max(20),
      ...every,
    }),
    z.strictObject({
      kind: z.literal('retention'),
      service: serviceOrAny,
      value: z.int().min(0).max(36_500),
      ...every,
    }),
    z.strictObject({ kind: z.literal('logging'), value: z.enum(settingKinds.logging.order), ...every }),
    z.strictObject({ kind: z.literal('quota-requests'), value: z.int().min(0).max(1_000_000), ...every }),
    z.strictObject({ kind: z.literal('quota-characters'), value: z.int().min(0).max(10_000_000), ...every }),
  ])
  // My Number may be handled only for what the Number Act allows: it never goes into an AI service. Locked by us.
  .refine((s) => s.kind !== 'personal-data' || s.category !== 'my-number' || s.value === 'refuse', {
    message: 'my-number-is-refused',
    path: ['value'],
  })
export type Setting = z.infer<typeof settingSchema>
export type Value = Setting['value']

/** The services a setting is about; one that names none is about the use as a whole. */
const servicesOf = (setting: Setting): readonly (Service | null)[] =>
  'service' in setting ? (setting.service === 'any' ? services : [setting.service]) : [null]

/** A setting for one service: `key` is what two settings must share to be about the same thing. */
export type Single = {
  readonly key: string
  readonly kind: SettingKind
  readonly service: Service | null
  readonly category: Category | null
  readonly value: Value
}

/** @returns one for each service, so that keys never overlap; lists are sorted and hold nothing twice */
export function singlesOf(setting: Setting): Single[] {
  const category = setting.kind === 'personal-data' ? setting.category : null
  const value = Array.isArray(setting.value) ? ([...new Set<string>(setting.value)].toSorted() as Value) : setting.value
  return servicesOf(setting).map((service) => ({
    key: [setting.kind, service, category].filter((part) => part !== null).join('/'),
    kind: setting.kind,
    service,
    category,
    value,
  }))
}
