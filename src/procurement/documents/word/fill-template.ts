import type { Block } from './blocks.ts'
import { contents, markHeadings, type Pages } from './contents.ts'
import { paragraphsOf, placeholdersIn, replaceSpan } from './find-placeholders.ts'
import { openPackage, type Package, packPackage } from './open-package.ts'
import { addMissingStyles, headingNumbersOf, styleIdsOf, textWidthOf } from './styles.ts'
import { blockElements } from './write-blocks.ts'
import { childOf, element, escapeXml, parseXml, type XmlElement, writeXml } from './xml-tree.ts'

export type Filling = {
  /** What a placeholder stands for, by what is written between its braces; nothing for one that is not known. */
  readonly lookUp: (written: string) => { readonly id: string; readonly block: boolean } | undefined
  readonly values: Readonly<Record<string, string>>
  readonly blocks: Readonly<Record<string, readonly Block[]>>
  /** The one that becomes the table of contents. */
  readonly contentsId?: string
  readonly pages?: Pages
  readonly title: string
  readonly madeAt: Date
}

const documentPart = 'word/document.xml'
/** Parts of a document that hold text: body, headers, footers, notes. */
export const textParts = (parts: Package): string[] =>
  [...parts.keys()].filter((name) => /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/.test(name))

export const xmlOf = (parts: Package, name: string): XmlElement =>
  parseXml((parts.get(name) ?? Buffer.alloc(0)).toString('utf8'), name)

/**
 * Makes a document of a template that was checked: words in place of words, headings, paragraphs and tables in place of
 * paragraphs, the table of contents filled. Equal input gives equal bytes.
 * @param ours  the default template, for styles that a ministry's own has not
 */
export async function fillTemplate(template: Buffer, ours: Buffer, filling: Filling): Promise<Buffer> {
  const parts = await openPackage(template)
  const styles = xmlOf(parts, 'word/styles.xml')
  if (template !== ours) addMissingStyles(styles, xmlOf(await openPackage(ours), 'word/styles.xml'))
  const document = xmlOf(parts, documentPart)
  const settings = { styles: styleIdsOf(styles), textWidth: textWidthOf(document) }
  const numbering = parts.has('word/numbering.xml') ? xmlOf(parts, 'word/numbering.xml') : undefined
  const numbers = headingNumbersOf(styles, numbering, settings.styles)
  // Found before anything is put in: what people wrote in an item may look like a placeholder.
  const places = blockPlaces(document, filling)
  fillWords(document, filling)
  for (const place of places)
    if (place.id !== filling.contentsId)
      replace(
        place,
        (filling.blocks[place.id] ?? []).flatMap((block) => blockElements(block, settings)),
      )
  const headings = markHeadings(document, settings, numbers)
  for (const place of places)
    if (place.id === filling.contentsId) replace(place, contents(headings, settings, filling.pages))
  for (const name of textParts(parts)) {
    if (name === documentPart) continue
    const part = xmlOf(parts, name)
    fillWords(part, filling)
    parts.set(name, Buffer.from(writeXml(part)))
  }
  parts.set(documentPart, Buffer.from(writeXml(document)))
  parts.set('word/styles.xml', Buffer.from(writeXml(styles)))
  setProperties(parts, filling)
  return packPackage(parts)
}

function fillWords(root: XmlElement, filling: Filling): void {
  for (const { texts, text } of paragraphsOf(root))
    for (const { written, from, to } of placeholdersIn(text).toReversed()) {
      const known = filling.lookUp(written)
      if (known && !known.block) replaceSpan(texts, from, to, (filling.values[known.id] ?? '').replace(/\s+/g, ' '))
    }
}

type BlockPlace = { readonly id: string; readonly paragraph: XmlElement; readonly parent: XmlElement }

function blockPlaces(root: XmlElement, { lookUp }: Filling): BlockPlace[] {
  return [...paragraphsOf(root)].flatMap(({ paragraph, above, text }) => {
    const known = lookUp(placeholdersIn(text)[0]?.written ?? '')
    const parent = above.at(-1)
    return known?.block && parent ? [{ id: known.id, paragraph, parent }] : []
  })
}

function replace({ paragraph, parent }: BlockPlace, elements: readonly XmlElement[]): void {
  parent.children.splice(parent.children.indexOf(paragraph), 1, ...elements, ...sectionEnd(paragraph))
}

/** The paragraph that ends a section carries its page size and headers. */
function sectionEnd(paragraph: XmlElement): XmlElement[] {
  const section = childOf(childOf(paragraph, 'w:pPr'), 'w:sectPr')
  return section ? [element('w:p', {}, [element('w:pPr', {}, [section])])] : []
}

/** Title and time of the document; who last edited the template is nobody's business. */
function setProperties(parts: Package, { title, madeAt }: Filling): void {
  const at = `${madeAt.toISOString().slice(0, 19)}Z`
  const date = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at}</dcterms:${name}>`
  const core =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>Tenbin</dc:creator>${date('created')}${date('modified')}</cp:coreProperties>`
  if (parts.has('docProps/core.xml')) parts.set('docProps/core.xml', Buffer.from(core))
  if (parts.has('docProps/app.xml')) parts.set('docProps/app.xml', Buffer.from(appProperties))
}

const appProperties =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Tenbin</Application></Properties>'
