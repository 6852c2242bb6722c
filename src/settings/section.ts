import { z } from 'zod'

/** One group of settings: the variables of the environment that it reads, and what the wiring is handed. */
export type Section<S extends z.ZodRawShape, C> = {
  readonly shape: S
  readonly read: (said: z.output<z.ZodObject<S>>) => C
}

export const section = <S extends z.ZodRawShape, C>(shape: S, read: Section<S, C>['read']): Section<S, C> => ({
  shape,
  read,
})

/** `yes` or `no`, as an office writes it. */
export const yesOrNo = (unsaid: 'yes' | 'no') =>
  z
    .enum(['yes', 'no'])
    .default(unsaid)
    .transform((said) => said === 'yes')

export const seconds = (unsaid: number, most = 86_400) => z.coerce.number().min(0).max(most).default(unsaid)
export const port = z.coerce.number().int().min(0).max(65535)

/** Set to nothing is not set: `VARIABLE= npm start`. */
export const text = z
  .string()
  .optional()
  .transform((said) => (said === '' ? undefined : said))
