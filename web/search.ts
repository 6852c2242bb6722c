/** The part of an address after `?`, as plain words: a value is a text, or a list of texts when its key repeats. */
export type Search = Readonly<Record<string, string | readonly string[]>>

export function parseSearch(text: string): Search {
  const found = new URLSearchParams(text)
  return Object.fromEntries(
    [...new Set(found.keys())].map((key) => {
      const all = found.getAll(key)
      return [key, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const made = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if ((typeof one === 'string' && one !== '') || typeof one === 'number') made.append(key, String(one))
    }
  }
  const text = made.toString()
  return text === '' ? '' : `?${text}`
}

export const oneOf = (search: Readonly<Record<string, unknown>>, key: string): string => {
  const value = search[key]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : ''
}

export const listOf = (search: Readonly<Record<string, unknown>>, key: string): readonly string[] => {
  const value = search[key]
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((one): one is string => typeof one === 'string' && one !== '')
}
