export type Split = 'semicolon' | 'comma' | 'line' | 'any' | 'python-list'

const separators: Readonly<Record<Exclude<Split, 'python-list'>, RegExp>> = {
  semicolon: /[;；]/,
  comma: /[,，、]/,
  line: /\n/,
  any: /[;；,，、／\n]/,
}

/**
 * `['a', "it's"]` as a list of texts; the escapes of Python's repr for quotes, backslash, newline and tab are undone.
 * @returns undefined when the text is anything else: it is then one text, and nothing is evaluated
 */
export function parsePythonList(text: string): string[] | undefined {
  const body = /^\s*\[([\s\S]*)\]\s*$/.exec(text)?.[1]
  if (body === undefined) return undefined
  const items: string[] = []
  const item = /\s*(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)")\s*(,|$)/y
  for (let at = 0; at < body.length && body.slice(at).trim() !== ''; at = item.lastIndex) {
    item.lastIndex = at
    const match = item.exec(body)
    if (!match) return undefined
    items.push((match[1] ?? match[2] ?? '').replace(/\\([\s\S])/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c))
  }
  return items
}

/** 「ほか」「等」 at the end says that there are more than are named. */
const andOthers = /(?:[\s　]*(?:ほか|他|など|等|その他)|,?\s+(?:etc\.?|and others))$/i

/** The items of one cell, trimmed, blank ones left out, and whether it says that there are others. */
export function splitList(text: string, split: Split): { readonly items: string[]; readonly others: boolean } {
  const parts = (split === 'python-list' ? parsePythonList(text) : text.split(separators[split])) ?? [text]
  const last = parts.at(-1)?.trim() ?? ''
  const named = last.replace(andOthers, '').trim()
  const others = named !== last
  const items = [...parts.slice(0, -1), others ? named : last].map((part) => part.trim()).filter((part) => part !== '')
  return { items, others }
}
