import { searchKey } from '#register/search-key.ts'

/** Every text inside an item, in all its languages; keys and marks are not searched. */
export function textsIn(item: unknown): readonly string[] {
  if (typeof item === 'string') return [item]
  if (typeof item === 'number') return [String(item)]
  if (Array.isArray(item)) return item.flatMap(textsIn)
  if (typeof item !== 'object' || item === null) return []
  return Object.entries(item).flatMap(([name, value]) => (unsearched.has(name) ? [] : textsIn(value)))
}
const unsearched = new Set(['provenance', 'document', 'kind', 'relation'])

/** Width, case, kana and old forms of kanji do not matter. Words apart must all be there. */
export function finds(item: unknown, sought: string): boolean {
  const words = sought.split(/[\s\u3000]+/).filter((word) => word !== '')
  if (words.length === 0) return true
  const all = searchKey(textsIn(item).join('\n'))
  return words.every((word) => all.includes(searchKey(word)))
}

/** Address of an item inside the page of its edition. */
export const anchorOf = (part: string, id: string): string => `${part}-${id}`
