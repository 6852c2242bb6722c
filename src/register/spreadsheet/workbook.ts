import { formatCode } from './excel-dates.ts'
import { fileFault } from './faults.ts'
import type { SheetInfo } from './grid.ts'
import type { Parts } from './read-zip.ts'
import { attributeOf } from './xml-stream.ts'

// ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles); part 2, 9.3 (relationships).

export type Workbook = {
  readonly sheets: readonly (Omit<SheetInfo, 'rows' | 'chosen'> & { readonly part: string })[]
  readonly from1904: boolean
  readonly sharedStringsPart: string | undefined
  readonly stylesPart: string | undefined
  readonly externalLinks: readonly string[]
}
export type Relation = { readonly type: string; readonly target: string; readonly external: boolean }

const states = { hidden: 'hidden', veryHidden: 'very-hidden' } as const
const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1)

/** Targets are relative to the folder of the part that names them, or absolute with a leading slash. */
function resolveTarget(part: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path: string[] = []
  for (const step of `${folderOf(part)}${target}`.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.') path.push(step)
  }
  return path.join('/')
}

/** Relations of a part by id; none when it has no relations file. The last word of the type is the kind. */
export async function relationsOf(parts: Parts, part: string): Promise<Map<string, Relation>> {
  const file = `${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`
  const found = new Map<string, Relation>()
  if (!parts.has(file)) return found
  await parts.feed(file, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const external = attributeOf(attributes, 'TargetMode') === 'External'
      const target = attributeOf(attributes, 'Target') ?? ''
      const type = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
      found.set(attributeOf(attributes, 'Id') ?? '', {
        type,
        external,
        target: external ? target : resolveTarget(part, target),
      })
    },
    close: () => {},
    text: () => {},
  })
  return found
}

const truthy = (value: string | undefined): boolean => value === '1' || value === 'true'

/** @throws AppError `macros`, `broken-workbook` */
export async function readWorkbook(parts: Parts): Promise<Workbook> {
  if (parts.names.some((name) => /vbaProject|\/macrosheets\//i.test(name))) throw fileFault({ fault: 'macros' })
  const root = [...(await relationsOf(parts, '')).values()].find((relation) => relation.type === 'officeDocument')
  const part = root?.target ?? 'xl/workbook.xml'
  const relations = await relationsOf(parts, part)
  const sheets: Workbook['sheets'][number][] = []
  let from1904 = false
  await parts.feed(part, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = truthy(attributeOf(attributes, 'date1904'))
      if (name !== 'sheet') return
      const relation = relations.get(attributeOf(attributes, String.raw`\w+:id`) ?? '')
      const state = states[attributeOf(attributes, 'state') as keyof typeof states] ?? 'visible'
      if (relation?.type === 'worksheet')
        sheets.push({ name: attributeOf(attributes, 'name') ?? '', state, part: relation.target })
    },
    close: () => {},
    text: () => {},
  })
  if (sheets.length === 0) throw fileFault({ fault: 'broken-workbook', detail: 'no worksheet' })
  const targetOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target
  const links = [...relations.values()].filter((relation) => relation.type === 'externalLink')
  const externalLinks: string[] = []
  for (const link of links)
    for (const relation of (await relationsOf(parts, link.target)).values()) externalLinks.push(relation.target)
  return {
    sheets,
    from1904,
    sharedStringsPart: targetOf('sharedStrings'),
    stylesPart: targetOf('styles'),
    externalLinks,
  }
}

/** ST_Xstring (22.9.2.19): `_xHHHH_` stands for a character that XML cannot hold, `_x005F_` for the underscore itself. */
export const decodeXstring = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** Texts without their furigana (`rPh`), which is a reading aid and not what the cell says. */
export async function readSharedStrings(parts: Parts, part: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (part === undefined || !parts.has(part)) return strings
  let text = ''
  let inText = false
  let inReading = false
  await parts.feed(part, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') inText = !inReading
    },
    close: (name) => {
      if (name === 'si') strings.push(decodeXstring(text))
      else if (name === 'rPh') inReading = false
      else if (name === 't') inText = false
    },
    text: (piece) => {
      if (inText) text += piece
    },
  })
  return strings
}

/** The number format of each cell style, by the index that cells name. */
export async function readFormats(parts: Parts, part: string | undefined): Promise<string[]> {
  const formats: number[] = []
  const own = new Map<number, string>()
  if (part === undefined || !parts.has(part)) return []
  let inCellFormats = false
  await parts.feed(part, {
    open: (name, attributes) => {
      if (name === 'numFmt')
        own.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) formats.push(Number(attributeOf(attributes, 'numFmtId') ?? 0))
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
    text: () => {},
  })
  return formats.map((id) => formatCode(id, own))
}
