import { diffArrays } from 'diff'

export type Piece = { readonly kind: 'same' | 'old' | 'new'; readonly text: string }

/** Japanese has no spaces between words: the browser's own table of words cuts it. */
export function wordsOf(text: string, language: 'ja' | 'en'): string[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}

/** What was taken out and put in, word by word; what is the same between two changes and is no word stays with them. */
export function differencesIn(before: string, after: string, language: 'ja' | 'en'): Piece[] {
  const parts = diffArrays(wordsOf(before, language), wordsOf(after, language))
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'new' : removed ? 'old' : 'same',
    text: value.join(''),
  }))
}
