import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type IParagraphStyleOptions,
  LevelFormat,
  LevelSuffix,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'

import { type DocumentKind, type Language, placeholders } from '#procurement/documents/model.ts'

import { fonts, fontTable } from './fonts.ts'
import { openPackage, packPackage } from './open-package.ts'
import { styleNames } from './styles.ts'
import { templateWords } from './template-words.ts'
import { childOf, childrenOf, element, parseXml, valueOf, writeXml, type XmlElement } from './xml-tree.ts'

/** A4 with margins of 30 mm above and below and 25 mm at the sides, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, top: 1701, bottom: 1701, side: 1418, header: 851, footer: 851 } as const
const textWidth = page.width - 2 * page.side
/** Lines of the body stand on a grid of 18 pt: 36 to a page, as Japanese documents do. */
const linePitch = 360

const made = new Map<string, Promise<Buffer>>()

/** The template that is used while a ministry has none of its own; a person may download it and change it in Word. */
export function defaultTemplate(kind: DocumentKind, language: Language): Promise<Buffer> {
  const key = `${kind} ${language}`
  const known = made.get(key) ?? makeTemplate(kind, language)
  made.set(key, known)
  return known
}

async function makeTemplate(kind: DocumentKind, language: Language): Promise<Buffer> {
  const words = templateWords[language]
  const named = (id: string) => `{{${placeholders[kind].find((one) => one.id === id)?.[language] ?? ''}}}`
  const document = new Document({
    title: words.titles[kind],
    creator: 'Tenbin',
    styles: { default: defaultStyles(language), paragraphStyles: paragraphStyles(language) },
    numbering: { config: [{ reference: 'chapters', levels: chapterLevels(language) }] },
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: {
              top: page.top,
              bottom: page.bottom,
              left: page.side,
              right: page.side,
              header: page.header,
              footer: page.footer,
            },
          },
          grid: { type: 'lines', linePitch },
        },
        headers: { default: header(words.titles[kind], named('subject')) },
        footers: { default: footer(words.footer(named('number'), named('version'), named('digest'))) },
        children: body(kind, language, named),
      },
    ],
  })
  return withJapaneseSettings(await Packer.toBuffer(document))
}

type Named = (id: string) => string

function body(kind: DocumentKind, language: Language, named: Named) {
  const words = templateWords[language]
  const text = (words: string, style = 'TenbinText') => new Paragraph({ style, children: [new TextRun(words)] })
  const block = (id: string) => text(named(id))
  const lead = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(words.titles[kind])] }),
    factTable(words.facts.map(([name, id]) => [name, id === 'version' ? words.version(named(id)) : named(id)])),
    new Paragraph({ style: 'TenbinText', spacing: { before: 240 }, children: [new TextRun(words.leads[kind])] }),
  ]
  const rest = placeholders[kind].filter((one) => one.block && one.id !== 'contents').map((one) => block(one.id))
  return [...lead, text(words.contents, 'TenbinContents'), block('contents'), ...rest]
}

function factTable(facts: readonly (readonly [string, string])[]): Table {
  const line = { style: BorderStyle.SINGLE, size: 4, color: '595959' }
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const widths = [2200, textWidth - 2200]
  const cell = (words: string, column: number) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 85, right: 85 },
      children: [
        new Paragraph({ style: column === 0 ? 'TenbinCellHead' : 'TenbinCell', children: [new TextRun(words)] }),
      ],
    })
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: line,
      bottom: line,
      insideHorizontal: { ...line, size: 2, color: 'BFBFBF' },
      left: none,
      right: none,
      insideVertical: none,
    },
    rows: facts.map((row) => new TableRow({ children: row.map(cell) })),
  })
}

const header = (title: string, subject: string) =>
  new Header({
    children: [
      new Paragraph({
        style: 'TenbinNote',
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: '7F7F7F', space: 4 } },
        children: [new TextRun(title), new TextRun({ children: [new Tab(), subject] })],
      }),
    ],
  })

const footer = (words: string) =>
  new Footer({
    children: [
      new Paragraph({
        style: 'TenbinNote',
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
        children: [
          new TextRun(words),
          new TextRun({ children: [new Tab(), PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  })

/** 第1章, 1.1, (1): one list whose levels are the heading styles, so that Word counts them. */
const chapterLevels = (language: Language) =>
  templateWords[language].numbers.map((text, level) => ({
    level,
    format: LevelFormat.DECIMAL,
    text,
    alignment: AlignmentType.LEFT,
    suffix: LevelSuffix.SPACE,
    style: { style: `Heading${level + 1}`, paragraph: { indent: { left: 0, hanging: 0 } } },
  }))

const defaultStyles = (language: Language) => ({
  document: {
    run: {
      size: 21,
      font: fonts[language].text,
      language: { value: language === 'ja' ? 'ja-JP' : 'en-GB', eastAsia: 'ja-JP' },
    },
    paragraph: { alignment: AlignmentType.BOTH },
  },
  title: {
    run: { size: 32, bold: false, font: fonts[language].heading },
    paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 360, after: 360 } },
  },
  heading1: {
    run: { size: 28, bold: language === 'en', color: '000000', font: fonts[language].heading },
    paragraph: {
      numbering: { reference: 'chapters', level: 0 },
      pageBreakBefore: true,
      keepNext: true,
      spacing: { after: 240 },
      alignment: AlignmentType.LEFT,
    },
  },
  heading2: {
    run: { size: 24, bold: language === 'en', color: '000000', font: fonts[language].heading },
    paragraph: {
      numbering: { reference: 'chapters', level: 1 },
      keepNext: true,
      spacing: { before: 360, after: 120 },
      alignment: AlignmentType.LEFT,
    },
  },
  heading3: {
    run: { size: 21, bold: language === 'en', color: '000000', font: fonts[language].heading },
    paragraph: {
      numbering: { reference: 'chapters', level: 2 },
      keepNext: true,
      spacing: { before: 180, after: 60 },
      alignment: AlignmentType.LEFT,
    },
  },
})

function paragraphStyles(language: Language): IParagraphStyleOptions[] {
  const heading = { font: fonts[language].heading, bold: language === 'en' }
  const contents = (left: number) => ({ indent: { left }, alignment: AlignmentType.LEFT })
  const style = (
    id: string,
    name: string,
    more: Omit<IParagraphStyleOptions, 'id' | 'name'>,
  ): IParagraphStyleOptions => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    ...more,
  })
  // The first line of a Japanese paragraph begins one character further in.
  const firstLine = language === 'ja' ? { indent: { firstLine: 210 } } : { spacing: { after: 120 } }
  return [
    style('TOC1', styleNames.contents1, { paragraph: { ...contents(0), spacing: { before: 120 } } }),
    style('TOC2', styleNames.contents2, { paragraph: contents(420) }),
    style('TenbinContents', styleNames.contentsTitle, {
      run: { size: 24, ...heading },
      paragraph: { keepNext: true, spacing: { before: 480, after: 160 } },
    }),
    style('TenbinText', styleNames.text, { paragraph: firstLine }),
    style('TenbinNote', styleNames.note, { run: { size: 18 }, paragraph: { alignment: AlignmentType.LEFT } }),
    style('TenbinItem', styleNames.item, { paragraph: { indent: { left: 630, hanging: 210 } } }),
    style('TenbinCaption', styleNames.caption, {
      run: { size: 21, ...heading },
      paragraph: { keepNext: true, spacing: { before: 240, after: 80 } },
    }),
    style('TenbinCell', styleNames.cell, { run: { size: 19 }, paragraph: { alignment: AlignmentType.LEFT } }),
    style('TenbinCellHead', styleNames.cellHead, {
      run: { size: 19, ...heading },
      paragraph: { alignment: AlignmentType.LEFT },
    }),
  ]
}

const pageStop = { 'w:val': 'right', 'w:leader': 'dot', 'w:pos': textWidth }
const tabStops: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  TOC1: pageStop,
  TOC2: pageStop,
  TenbinItem: { 'w:val': 'left', 'w:pos': 630 },
}

/** What the library does not write: line breaking by the Japanese rules, and what stands in for a font that is not there. */
async function withJapaneseSettings(bytes: Buffer): Promise<Buffer> {
  const parts = await openPackage(bytes)
  const change = (name: string, edit: (root: XmlElement) => void) => {
    const root = parseXml((parts.get(name) ?? Buffer.alloc(0)).toString('utf8'), name)
    edit(root)
    parts.set(name, Buffer.from(writeXml(root)))
  }
  change('word/styles.xml', (root) => {
    const normal = childrenOf(root, 'w:style').find((style) => valueOf(style, 'w:styleId') === 'Normal')
    const rules = ['w:kinsoku', 'w:overflowPunct', 'w:autoSpaceDE', 'w:autoSpaceDN'].map((name) => element(name))
    normal?.children.push(element('w:pPr', {}, rules))
    for (const style of childrenOf(root, 'w:style')) {
      const stop = tabStops[valueOf(style, 'w:styleId') ?? '']
      if (stop) childOf(style, 'w:pPr')?.children.unshift(element('w:tabs', {}, [element('w:tab', stop)]))
    }
  })
  change('word/settings.xml', (root) => {
    // CT_Settings (17.15.1.78) has an order: this stands right before what is said of compatibility.
    const at = root.children.indexOf(childOf(root, 'w:compat') ?? root)
    root.children.splice(at, 0, element('w:characterSpacingControl', { 'w:val': 'compressPunctuation' }))
  })
  parts.set('word/fontTable.xml', Buffer.from(fontTable))
  return packPackage(parts)
}
