import { AppError } from '#platform/errors.ts'

/** An element with its prefix (`w:p`) and its attributes as written, or a text, unescaped. */
export type XmlElement = {
  readonly name: string
  readonly attributes: Map<string, string>
  children: XmlNode[]
}
export type XmlNode = XmlElement | string

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const unescape = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, entity: string) => {
        if (!entity.startsWith('#')) return named[entity] ?? whole
        const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** XML 1.0, 2.2: characters that no document may hold are left out. */
const notXml = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu
export const escapeXml = (text: string): string =>
  text.replace(notXml, '').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|[^<]+/gy
const attribute = /\s*([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y

/** Far more than Word writes (text boxes in tables in tables; some 10,000 elements in 40 pages), little enough to walk through. */
export const xmlLimits = { depth: 128, elements: 200_000 } as const

const broken = (part: string, what: string) =>
  new AppError('bad-file', { fault: 'broken-document', part, detail: what })

/**
 * Reads a part of an Office document as a tree. Document types, and with them entities, are refused.
 * @throws AppError `bad-file` with fault `broken-document` or `document-type`
 */
export function parseXml(text: string, part: string): XmlElement {
  const top: XmlElement = { name: '', attributes: new Map(), children: [] }
  const open: XmlElement[] = [top]
  let elements = 0
  token.lastIndex = text.startsWith('\ufeff') ? 1 : 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const found = token.exec(text)
    if (!found) throw broken(part, `at ${at}`)
    const [whole, cdata, closed, opened, words = '', empty] = found
    const inside = open.at(-1) ?? top
    if (opened !== undefined) {
      if (open.length > xmlLimits.depth) throw broken(part, `deeper than ${xmlLimits.depth}`)
      if (++elements > xmlLimits.elements) throw broken(part, `more than ${xmlLimits.elements} elements`)
      const attributes = attributesOf(words)
      if (!attributes) throw broken(part, `<${opened}`)
      const element: XmlElement = { name: opened, attributes, children: [] }
      inside.children.push(element)
      if (empty !== '/') open.push(element)
    } else if (closed !== undefined) {
      if (open.length === 1 || open.pop()?.name !== closed) throw broken(part, `</${closed}>`)
    } else if (whole === '<!') throw new AppError('bad-file', { fault: 'document-type', part })
    else if (cdata !== undefined) inside.children.push(cdata)
    else if (!whole.startsWith('<')) inside.children.push(unescape(whole))
  }
  const root = top.children.find((child) => typeof child !== 'string')
  if (open.length > 1 || root === undefined) throw broken(part, 'unfinished')
  return root
}

/** @returns nothing where something stands between or after them that is none */
function attributesOf(words: string): Map<string, string> | undefined {
  const found = new Map<string, string>()
  const written = words.trimEnd()
  attribute.lastIndex = 0
  while (attribute.lastIndex < written.length) {
    // From where the last one ended and nowhere else: what is none is read once.
    const [whole, name = '', double, single] = attribute.exec(written) ?? []
    if (whole === undefined) return undefined
    found.set(name, unescape(double ?? single ?? ''))
  }
  return found
}

export function writeXml(root: XmlElement): string {
  const pieces = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
  write(root, pieces)
  return pieces.join('')
}

function write(node: XmlNode, pieces: string[]): void {
  if (typeof node === 'string') {
    pieces.push(escapeXml(node))
    return
  }
  const words = [...node.attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')
  if (node.children.length === 0) {
    pieces.push(`<${node.name}${words}/>`)
    return
  }
  pieces.push(`<${node.name}${words}>`)
  for (const child of node.children) write(child, pieces)
  pieces.push(`</${node.name}>`)
}

/** A line end in an attribute would be read back as a space. */
const escapeAttribute = (value: string): string =>
  escapeXml(value).replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)

export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  children: XmlNode[] = [],
): XmlElement => ({
  name,
  attributes: new Map(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
  children,
})

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string'
export const childOf = (node: XmlElement | undefined, name: string): XmlElement | undefined =>
  node?.children.find((child): child is XmlElement => isElement(child) && child.name === name)
export const childrenOf = (node: XmlElement | undefined, name: string): XmlElement[] =>
  node?.children.filter((child): child is XmlElement => isElement(child) && child.name === name) ?? []
export const valueOf = (node: XmlElement | undefined, name = 'w:val'): string | undefined => node?.attributes.get(name)

/** Every element below, with those it stands in, outermost first. */
export function* descendants(
  node: XmlElement,
  above: readonly XmlElement[] = [],
): Generator<{ node: XmlElement; above: readonly XmlElement[] }> {
  const path = [...above, node]
  for (const child of node.children)
    if (isElement(child)) {
      yield { node: child, above: path }
      yield* descendants(child, path)
    }
}
