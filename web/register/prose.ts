/** The first sentence of a text: what a list shows of a purpose, so that nothing is cut in the middle of one. */
export function firstSentence(text: string): string {
  const found = /^[\s\S]*?(?:[。！？]|[.!?](?=\s)|\n)/u.exec(text.trim())
  return (found?.[0] ?? text).trim()
}

/** The language of what people typed, where it is not that of the page; for readers that speak. */
export function langOf(text: string, page: 'ja' | 'en'): 'ja' | 'en' | undefined {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)
  if (text === '' || japanese === (page === 'ja')) return undefined
  if (!japanese && !/[a-z]{3}/i.test(text)) return undefined
  return japanese ? 'ja' : 'en'
}
