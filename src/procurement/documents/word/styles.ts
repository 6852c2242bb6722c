import { childOf, childrenOf, descendants, element, valueOf, type XmlElement } from './xml-tree.ts'

/**
 * Styles by which blocks are written. Word renames the ids of its own styles with its language, so that a style is found
 * by its name (ECMA-376 part 1, 17.7.4.9), which for built-in styles is English everywhere.
 */
export const styleNames = {
  heading1: 'heading 1',
  heading2: 'heading 2',
  heading3: 'heading 3',
  contents1: 'toc 1',
  contents2: 'toc 2',
  contentsTitle: 'Tenbin Contents',
  text: 'Tenbin Text',
  note: 'Tenbin Note',
  item: 'Tenbin Item',
  caption: 'Tenbin Caption',
  cell: 'Tenbin Cell',
  cellHead: 'Tenbin Cell Head',
} as const
export type StyleUse = keyof typeof styleNames
export type StyleIds = Readonly<Partial<Record<StyleUse, string>>>

const nameOf = (style: XmlElement): string => valueOf(childOf(style, 'w:name'))?.toLowerCase() ?? ''

export function styleIdsOf(styles: XmlElement): StyleIds {
  const byName = new Map(childrenOf(styles, 'w:style').map((style) => [nameOf(style), valueOf(style, 'w:styleId')]))
  const found = Object.entries(styleNames).map(([use, name]) => [use, byName.get(name.toLowerCase())])
  return Object.fromEntries(found.filter(([, id]) => id !== undefined)) as StyleIds
}

/** Styles of ours that a ministry's own template has not get there from ours, so that no block loses its look. */
export function addMissingStyles(styles: XmlElement, ours: XmlElement): void {
  const ids = new Set(childrenOf(styles, 'w:style').map((style) => valueOf(style, 'w:styleId')))
  const names = new Set(childrenOf(styles, 'w:style').map(nameOf))
  for (const style of childrenOf(ours, 'w:style')) {
    if (!nameOf(style).startsWith('tenbin ') || names.has(nameOf(style))) continue
    const id = valueOf(style, 'w:styleId') ?? ''
    const own: XmlElement = { ...style, attributes: new Map(style.attributes), children: [...style.children] }
    if (ids.has(id)) own.attributes.set('w:styleId', `${id}Own`)
    const base = valueOf(childOf(own, 'w:basedOn'))
    if (base !== undefined && !ids.has(base))
      own.children = own.children.filter((child) => child !== childOf(own, 'w:basedOn'))
    styles.children.push(own)
  }
}

/** The number that Word writes before a heading: its text with `%1` for the count of level 1, by level from 1. */
export type HeadingNumbers = ReadonlyMap<number, { readonly text: string; readonly format: string }>

/** Follows a heading style, or the one it is based on, to its list (17.9: numbering). */
export function headingNumbersOf(styles: XmlElement, numbering: XmlElement | undefined, ids: StyleIds): HeadingNumbers {
  const found = new Map<number, { text: string; format: string }>()
  if (!numbering) return found
  const byId = new Map(childrenOf(styles, 'w:style').map((style) => [valueOf(style, 'w:styleId'), style]))
  const numberOf = (id: string | undefined, deep = 0): string | undefined => {
    const style = byId.get(id)
    if (!style || deep > 10) return undefined
    const own = valueOf(childOf(childOf(childOf(style, 'w:pPr'), 'w:numPr'), 'w:numId'))
    return own ?? numberOf(valueOf(childOf(style, 'w:basedOn')), deep + 1)
  }
  for (const [level, use] of [
    [1, 'heading1'],
    [2, 'heading2'],
    [3, 'heading3'],
  ] as const) {
    const number = childrenOf(numbering, 'w:num').find((num) => valueOf(num, 'w:numId') === numberOf(ids[use]))
    const abstractId = valueOf(childOf(number, 'w:abstractNumId'))
    const list = childrenOf(numbering, 'w:abstractNum').find((one) => valueOf(one, 'w:abstractNumId') === abstractId)
    const levels = childrenOf(list, 'w:lvl')
    const own = levels.find((one) => valueOf(childOf(one, 'w:pStyle')) === ids[use])
    const at = own ?? levels.find((one) => valueOf(one, 'w:ilvl') === String(level - 1))
    if (!at || numberOf(ids[use]) === '0') continue
    found.set(level, {
      text: valueOf(childOf(at, 'w:lvlText')) ?? '',
      format: valueOf(childOf(at, 'w:numFmt')) ?? 'decimal',
    })
  }
  return found
}

const kanji = '〇一二三四五六七八九'
const inKanji = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? kanji[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || n === 0 ? kanji[ones] : ''}`
}

/** ST_NumberFormat (17.18.59), as far as headings of Japanese documents use it; others count plainly. */
export function formatNumber(n: number, format: string): string {
  switch (format) {
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
    case 'japaneseCounting':
    case 'ideographDigital':
    case 'japaneseLegal':
      return n < 100 ? inKanji(n) : String(n)
    case 'upperLetter':
      return String.fromCharCode(64 + ((n - 1) % 26) + 1)
    case 'lowerLetter':
      return String.fromCharCode(96 + ((n - 1) % 26) + 1)
    case 'aiueoFullWidth':
      return 'アイウエオカキクケコサシスセソ'[n - 1] ?? String(n)
    default:
      return String(n)
  }
}

/** Width of the text between the margins of the last section, in twentieths of a point; A4 with 30 mm where it is not said. */
export function textWidthOf(document: XmlElement): number {
  const sections = [...descendants(document)].filter(({ node }) => node.name === 'w:sectPr')
  const last = sections.at(-1)?.node
  const [page, margins] = [childOf(last, 'w:pgSz'), childOf(last, 'w:pgMar')]
  const n = (node: XmlElement | undefined, name: string, otherwise: number) => Number(valueOf(node, name) ?? otherwise)
  return Math.max(2000, n(page, 'w:w', 11_906) - n(margins, 'w:left', 1701) - n(margins, 'w:right', 1701))
}

export const plainRun = (text: string, properties?: XmlElement): XmlElement =>
  element('w:r', {}, [...(properties ? [properties] : []), ...textNodes(text)])

/** Lines of a text stay lines; a tab stays a tab. */
export function textNodes(text: string): XmlElement[] {
  return text.split(/(\r\n|\r|\n|\t)/).flatMap((piece) => {
    if (piece === '') return []
    if (piece === '\t') return [element('w:tab')]
    return /^[\r\n]/.test(piece) ? [element('w:br')] : [element('w:t', { 'xml:space': 'preserve' }, [piece])]
  })
}
