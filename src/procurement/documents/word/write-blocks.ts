import type { Block } from './blocks.ts'
import { plainRun, type StyleIds, type StyleUse } from './styles.ts'
import { element, type XmlElement } from './xml-tree.ts'

export type BlockSettings = {
  readonly styles: StyleIds
  /** Between the margins, in twentieths of a point. */
  readonly textWidth: number
}

/** Order of the children of a paragraph's properties: ECMA-376 part 1, 17.3.1.26. */
export function paragraph(
  use: StyleUse,
  runs: XmlElement[],
  { styles }: BlockSettings,
  more: XmlElement[] = [],
): XmlElement {
  const id = styles[use]
  const properties = [...(id === undefined ? [] : [element('w:pStyle', { 'w:val': id })]), ...more]
  // A template without headings of Word's own still has an outline.
  const level = { heading1: 0, heading2: 1, heading3: 2 }[use as string]
  if (id === undefined && level !== undefined) properties.push(element('w:outlineLvl', { 'w:val': level }))
  return element('w:p', {}, [...(properties.length > 0 ? [element('w:pPr', {}, properties)] : []), ...runs])
}

/** One paragraph for each part of a text that a blank line sets apart; single line ends stay inside. */
const parts = (text: string): string[] => {
  const found = text.split(/(?:\r?\n[ \t\u3000]*){2,}/).filter((part) => part.trim() !== '')
  return found.length === 0 ? [''] : found
}

const headingUse = { 0: 'contentsTitle', 1: 'heading1', 2: 'heading2', 3: 'heading3' } as const

export function blockElements(block: Block, settings: BlockSettings): XmlElement[] {
  switch (block.kind) {
    case 'heading':
      return [paragraph(headingUse[block.level], [plainRun(block.text.replace(/\s+/g, ' ').trim())], settings)]
    case 'paragraph':
      return parts(block.text).map((part) =>
        paragraph(block.look === 'note' ? 'note' : 'text', [plainRun(part.trim())], settings),
      )
    case 'list':
      return block.items.map((item) => paragraph('item', [plainRun(`・\t${item.trim()}`)], settings))
    case 'table':
      return table(block, settings)
    case 'page-break':
      return [element('w:p', {}, [element('w:r', {}, [element('w:br', { 'w:type': 'page' })])])]
  }
}

type Table = Extract<Block, { kind: 'table' }>

function table(block: Table, settings: BlockSettings): XmlElement[] {
  const sum = block.widths.reduce((all, one) => all + one, 0)
  const widths = block.widths.map((width) => Math.floor((width / sum) * settings.textWidth))
  const line = { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': '595959' }
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => element(`w:${side}`, line))
  const margins = [
    ['top', 40],
    ['left', 85],
    ['bottom', 40],
    ['right', 85],
  ] as const
  const properties = element('w:tblPr', {}, [
    element('w:tblW', { 'w:w': widths.reduce((all, one) => all + one, 0), 'w:type': 'dxa' }),
    element('w:tblBorders', {}, sides),
    element('w:tblLayout', { 'w:type': 'fixed' }),
    element(
      'w:tblCellMar',
      {},
      margins.map(([side, w]) => element(`w:${side}`, { 'w:w': w, 'w:type': 'dxa' })),
    ),
  ])
  const grid = element(
    'w:tblGrid',
    {},
    widths.map((w) => element('w:gridCol', { 'w:w': w })),
  )
  const caption =
    block.caption === undefined
      ? []
      : [paragraph('caption', [plainRun(block.caption)], settings, [element('w:keepNext')])]
  const row = (cells: readonly string[], head: boolean) => {
    // A row of several lines stays on one page as long as it is short; the head stands on every page.
    const whole = cells.every((cell) => cell.length < 400)
    const rowProperties = [...(whole ? [element('w:cantSplit')] : []), ...(head ? [element('w:tblHeader')] : [])]
    return element('w:tr', {}, [
      ...(rowProperties.length > 0 ? [element('w:trPr', {}, rowProperties)] : []),
      ...widths.map((w, column) => cellOf(cells[column] ?? '', { w, column, head }, block, settings)),
    ])
  }
  const rows = [row(block.head, true), ...block.rows.map((cells) => row(cells, false))]
  // Two tables without a paragraph between them are one table to Word.
  return [...caption, element('w:tbl', {}, [properties, grid, ...rows]), paragraph('note', [], settings)]
}

function cellOf(
  text: string,
  { w, column, head }: { w: number; column: number; head: boolean },
  block: Table,
  settings: BlockSettings,
): XmlElement {
  const isHead = head || (block.rowHeads === true && column === 0)
  const properties = [
    element('w:tcW', { 'w:w': w, 'w:type': 'dxa' }),
    ...(isHead ? [element('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': 'F2F2F2' })] : []),
  ]
  const centred = (block.centred?.includes(column) ?? false) ? [element('w:jc', { 'w:val': 'center' })] : []
  const use = isHead ? 'cellHead' : 'cell'
  return element('w:tc', {}, [
    element('w:tcPr', {}, properties),
    ...parts(text).map((part) => paragraph(use, part === '' ? [] : [plainRun(part.trim())], settings, centred)),
  ])
}
