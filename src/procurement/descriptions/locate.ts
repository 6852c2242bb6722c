import type { Json } from './parse-json.ts'
import type { Locator } from './rules.ts'

export type Found = { readonly path: readonly string[]; readonly value: Json }

type Keyed = Readonly<Record<string, Json>>
const isKeyed = (value: Json | undefined): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Everything that a locator leads to. @param base  path of the component, for locators without a leading slash */
export function locate(top: Json, base: readonly string[], { at, where }: Locator): Found[] {
  const absolute = at.startsWith('/')
  const steps = at.split('/').filter((step) => step !== '')
  const start = absolute ? [] : base
  let found: Found[] = [{ path: start, value: start.reduce((value, key) => (value as Keyed)[key]!, top) }]
  for (const step of steps) found = found.flatMap((one) => follow(one, step))
  return where === undefined
    ? found
    : found.filter(({ value }) => isKeyed(value) && Object.entries(where).every(([key, said]) => value[key] === said))
}

function follow({ path, value }: Found, step: string): Found[] {
  if (step === '*')
    return Array.isArray(value) ? value.map((one: Json, i) => ({ path: [...path, String(i)], value: one })) : []
  const next = isKeyed(value) && Object.hasOwn(value, step) ? value[step] : undefined
  return next === undefined ? [] : [{ path: [...path, step], value: next }]
}

/** What is shown of a value: the fields that the rule names, in their order, in the words of the file. */
export function wordsOf(value: Json, fields: readonly string[] | undefined): string {
  if (!isKeyed(value) || fields === undefined) return plain(value)
  return fields
    .map((field) => (Object.hasOwn(value, field) ? plain(value[field]!) : ''))
    .filter((words) => words !== '')
    .join(' / ')
}

function plain(value: Json): string {
  if (value === null) return ''
  if (Array.isArray(value))
    return value
      .map((one: Json) => plain(one))
      .filter((words) => words !== '')
      .join(', ')
  if (!isKeyed(value)) return String(value).trim()
  return Object.entries(value)
    .map(([key, one]) => [key, plain(one)] as const)
    .filter(([, words]) => words !== '')
    .map(([key, words]) => `${key}: ${words}`)
    .join('; ')
}
