import { descendants, isElement, type XmlElement } from './xml-tree.ts'

/** A placeholder in a paragraph: where its braces begin and end in the paragraph's text. */
export type Found = { readonly written: string; readonly from: number; readonly to: number }
export type ParagraphText = {
  readonly paragraph: XmlElement
  readonly above: readonly XmlElement[]
  readonly texts: readonly XmlElement[]
  readonly text: string
}

/**
 * Texts of a paragraph, however many runs a word processor cut them into; those of a text box inside it are paragraphs of
 * their own.
 */
function textsOf(paragraph: XmlElement): XmlElement[] {
  const found: XmlElement[] = []
  const walk = (node: XmlElement) => {
    for (const child of node.children) {
      if (!isElement(child) || child.name === 'w:p') continue
      if (child.name === 'w:t') found.push(child)
      else walk(child)
    }
  }
  walk(paragraph)
  return found
}

const ownText = (node: XmlElement): string => node.children.filter((child) => !isElement(child)).join('')

export function* paragraphsOf(root: XmlElement): Generator<ParagraphText> {
  for (const { node, above } of descendants(root)) {
    if (node.name !== 'w:p') continue
    const texts = textsOf(node)
    yield { paragraph: node, above, texts, text: texts.map(ownText).join('') }
  }
}

/** Braces as typed on a Japanese keyboard count too. */
const placeholder = /[{｛]{2}([^{}｛｝]{0,200})[}｝]{2}/g
export const placeholdersIn = (text: string): Found[] =>
  [...text.matchAll(placeholder)].map((match) => ({
    written: (match[1] ?? '').trim(),
    from: match.index,
    to: match.index + match[0].length,
  }))

/** A pair of braces that no placeholder accounts for. */
export const strayBraces = (text: string): boolean => /[{｛]{2}|[}｝]{2}/.test(text.replace(placeholder, ''))

/** Puts words in the place of a span of the paragraph's text; they take the look of the run in which the span begins. */
export function replaceSpan(texts: readonly XmlElement[], from: number, to: number, words: string): void {
  let at = 0
  let put = false
  for (const node of texts) {
    const text = ownText(node)
    const [start, end] = [at, at + text.length]
    at = end
    if (end <= from || start >= to) continue
    const before = text.slice(0, Math.max(0, from - start))
    const after = text.slice(Math.min(text.length, to - start))
    node.children = [`${before}${put ? '' : words}${after}`]
    node.attributes.set('xml:space', 'preserve')
    put = true
  }
}
