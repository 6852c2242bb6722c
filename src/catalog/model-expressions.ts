import * as z from 'zod'

export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
export const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** An id carries no meaning; it is quoted in YAML when it looks like a number. */
export const idSchema = z
  .string()
  .max(120)
  .regex(idPattern)
  .meta({ id: 'Id', description: 'Letters, digits, dot, underscore, hyphen; starts with a letter or digit.' })
/** A calendar day, YYYY-MM-DD; that the day exists is checked by the loader. */
export const daySchema = z.string().regex(dayPattern).meta({ id: 'Day', description: 'YYYY-MM-DD' })

export const roundingModes = ['half-up', 'half-even', 'half-down', 'up', 'down', 'floor', 'ceiling'] as const
export type RoundingMode = (typeof roundingModes)[number]

export const numberTests = ['equals', 'at-least', 'more-than', 'at-most', 'less-than'] as const
export const dateTests = ['before', 'on-or-before', 'after', 'on-or-after'] as const
export type NumberTest = (typeof numberTests)[number]
export type DateTest = (typeof dateTests)[number]

/** Arithmetic as data. `points` are those of one question in one score; `maximum` is the most the whole questionnaire gives. */
export type Num =
  | number
  | { score: string }
  | { maximum: string }
  | { value: string }
  | { answer: string }
  | { points: string; in: string }
  | { sum: Num[] }
  | { product: Num[] }
  | { difference: [Num, Num] }
  | { quotient: [Num, Num] }
  | { min: Num[] }
  | { max: Num[] }
  | { count: Cond[] }
  | { if: Cond; then: Num; else: Num }
  | { round: Num; mode: RoundingMode; digits?: number | undefined }

type Optional<T> = { [K in keyof T]?: T[K] | undefined }

/** A test of one question: exactly one of the keys beside `question`. */
export type QuestionTest = { question: string } & Optional<
  { is: string | string[]; has: string; 'has-any': string[]; 'has-all': string[]; answered: boolean } & {
    equals: number | string
  } & Record<Exclude<NumberTest, 'equals'>, number> &
    Record<DateTest, string>
>

/** Conditions as data; each has one of three truths: yes, no, unknown. */
export type Cond =
  | { all: Cond[] }
  | { any: Cond[] }
  | { not: Cond }
  | { always: true }
  | QuestionTest
  | ({ expr: Num } & Optional<Record<NumberTest, Num>>)
  | { label: string }
  | ({ level: string } & Optional<{ is: string | string[]; 'at-least': string }>)
  | { table: string; gives: string }
  | { outcome: string }

const num: z.ZodType<Num> = z.lazy(() => numSchema)
const cond: z.ZodType<Cond> = z.lazy(() => condSchema)
const one = z.number()
const pair = z.tuple([num, num])
const many = z.array(num).min(1)

export const numSchema: z.ZodType<Num> = z
  .union([
    one,
    z.strictObject({ score: idSchema }),
    z.strictObject({ maximum: idSchema }),
    z.strictObject({ value: idSchema }),
    z.strictObject({ answer: idSchema }),
    z.strictObject({ points: idSchema, in: idSchema }),
    z.strictObject({ sum: many }),
    z.strictObject({ product: many }),
    z.strictObject({ difference: pair }),
    z.strictObject({ quotient: pair }),
    z.strictObject({ min: many }),
    z.strictObject({ max: many }),
    z.strictObject({ count: z.array(cond).min(1) }),
    // The format's word for the first branch; nothing awaits a schema.
    // oxlint-disable-next-line unicorn/no-thenable
    z.strictObject({ if: cond, then: num, else: num }),
    z.strictObject({
      round: num,
      mode: z.enum(roundingModes),
      digits: z.int().min(-9).max(9).optional(),
    }),
  ])
  .meta({ id: 'Num', description: 'A number, or arithmetic as data.' })

const ids = z.array(idSchema).min(1)
/** Counted by `exactly`: the JSON Schema gets minProperties and maxProperties of 2. */
export const testOfTwoKeys = 'exactly one test'

export const condSchema: z.ZodType<Cond> = z
  .union([
    z.strictObject({ all: z.array(cond) }),
    z.strictObject({ any: z.array(cond) }),
    z.strictObject({ not: cond }),
    z.strictObject({ always: z.literal(true) }),
    z
      .strictObject({
        question: idSchema,
        is: z.union([idSchema, ids]).optional(),
        has: idSchema.optional(),
        'has-any': ids.optional(),
        'has-all': ids.optional(),
        answered: z.boolean().optional(),
        equals: z.union([one, z.string()]).optional(),
        'at-least': one.optional(),
        'more-than': one.optional(),
        'at-most': one.optional(),
        'less-than': one.optional(),
        before: daySchema.optional(),
        'on-or-before': daySchema.optional(),
        after: daySchema.optional(),
        'on-or-after': daySchema.optional(),
      })
      .meta({ title: testOfTwoKeys }),
    z
      .strictObject({
        expr: num,
        equals: num.optional(),
        'at-least': num.optional(),
        'more-than': num.optional(),
        'at-most': num.optional(),
        'less-than': num.optional(),
      })
      .meta({ title: testOfTwoKeys }),
    z.strictObject({ label: idSchema }),
    z
      .strictObject({
        level: idSchema,
        is: z.union([idSchema, ids]).optional(),
        'at-least': idSchema.optional(),
      })
      .meta({ title: testOfTwoKeys }),
    z.strictObject({ table: idSchema, gives: idSchema }),
    z.strictObject({ outcome: idSchema }),
  ])
  .meta({ id: 'Cond', description: 'A condition: yes, no or unknown.' })
