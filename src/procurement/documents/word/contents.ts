import { bookmarkName } from './blocks.ts'
import { paragraphsOf } from './find-placeholders.ts'
import { formatNumber, type HeadingNumbers, plainRun } from './styles.ts'
import { type BlockSettings, paragraph } from './write-blocks.ts'
import { childOf, element, isElement, valueOf, type XmlElement } from './xml-tree.ts'

export type Heading = {
  readonly level: 1 | 2
  readonly number: string
  readonly text: string
  readonly bookmark: string
}
/** Page of an entry by its text in the contents, where it was measured. */
export type Pages = (entry: string) => number | undefined

/** Every heading of levels 1 and 2 in the order of the document, with a bookmark and the number that Word gives it. */
export function markHeadings(document: XmlElement, settings: BlockSettings, numbers: HeadingNumbers): Heading[] {
  const found: Heading[] = []
  const counts = [0, 0, 0]
  const levelOf = new Map([
    [settings.styles.heading1, 1],
    [settings.styles.heading2, 2],
    [settings.styles.heading3, 3],
  ] as const)
  for (const { paragraph: node, text } of paragraphsOf(document)) {
    const level = levelOf.get(valueOf(childOf(childOf(node, 'w:pPr'), 'w:pStyle')))
    if (level === undefined) continue
    counts[level - 1] = (counts[level - 1] ?? 0) + 1
    counts.fill(0, level)
    if (level === 3 || text.trim() === '') continue
    const bookmark = bookmarkName(found.length + 1)
    bookmarkParagraph(node, bookmark, 900_000 + found.length)
    found.push({ level, number: numberText(level, counts, numbers), text: text.trim(), bookmark })
  }
  return found
}

function numberText(level: number, counts: readonly number[], numbers: HeadingNumbers): string {
  const own = numbers.get(level)?.text ?? ''
  return own.replace(/%(\d)/g, (_, of: string) =>
    formatNumber(counts[Number(of) - 1] ?? 0, numbers.get(Number(of))?.format ?? 'decimal'),
  )
}

function bookmarkParagraph(node: XmlElement, name: string, id: number): void {
  const first = node.children.findIndex((child) => !(isElement(child) && child.name === 'w:pPr'))
  const start = element('w:bookmarkStart', { 'w:id': id, 'w:name': name })
  node.children.splice(first < 0 ? node.children.length : first, 0, start)
  node.children.push(element('w:bookmarkEnd', { 'w:id': id }))
}

const fieldMark = (type: 'begin' | 'separate' | 'end') =>
  element('w:r', {}, [element('w:fldChar', { 'w:fldCharType': type })])
const instruction = (text: string) =>
  element('w:r', {}, [element('w:instrText', { 'xml:space': 'preserve' }, [` ${text} `])])

/**
 * A table of contents as a field (17.16.5.68): its entries are there when the document is opened, lead to their headings,
 * and Word writes them anew when it updates the field. A page stands only where it is known: a wrong one is worse.
 */
export function contents(
  headings: readonly Heading[],
  settings: BlockSettings,
  pages: Pages | undefined,
): XmlElement[] {
  const begin = [fieldMark('begin'), instruction(String.raw`TOC \o "1-2" \h \z \u`), fieldMark('separate')]
  const entries = headings.map((heading, i) => {
    const words = heading.number === '' ? heading.text : `${heading.number}\u3000${heading.text}`
    const link = element('w:hyperlink', { 'w:anchor': heading.bookmark, 'w:history': 1 }, [
      plainRun(words),
      ...pageOf(heading, pages?.(words)),
    ])
    return paragraph(heading.level === 1 ? 'contents1' : 'contents2', [...(i === 0 ? begin : []), link], settings)
  })
  const open = entries.length === 0 ? begin : []
  return [...entries, element('w:p', {}, [...open, fieldMark('end')])]
}

function pageOf(heading: Heading, page: number | undefined): XmlElement[] {
  if (page === undefined) return []
  return [
    element('w:r', {}, [element('w:tab')]),
    fieldMark('begin'),
    instruction(String.raw`PAGEREF ${heading.bookmark} \h`),
    fieldMark('separate'),
    plainRun(String(page)),
    fieldMark('end'),
  ]
}
