import { fileFault } from './faults.ts'

// The part of XML that Office Open XML files use: elements, attributes, text, CDATA, the five named and the numeric
// references. A document type declaration, the only door to external and exploding entities, is refused.

export type XmlHandlers = {
  /** `name` without its prefix; `attributes` raw, to be asked by `attributeOf`. Also called for `<x/>`, then `close`. */
  readonly open: (name: string, attributes: string) => void
  readonly close: (name: string) => void
  readonly text: (text: string) => void
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const reference = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (whole, hex: string | undefined, decimal: string | undefined, name: string) => {
    if (name) return named[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const patterns = new Map<string, RegExp>()

/** The value of an attribute of this exact name (prefix included where it has one), or undefined. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name)
  if (!pattern) patterns.set(name, (pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)))
  const match = pattern.exec(attributes)
  return match ? unescapeXml(match[1] ?? match[2] ?? '') : undefined
}

/** End of the tag that begins at `from`; a `>` inside a quoted attribute is data. -1 when it is not there yet. */
function tagEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x3e) return i
    if (code !== 0x22 && code !== 0x27) continue
    i = text.indexOf(code === 0x22 ? '"' : "'", i + 1)
    if (i < 0) return -1
  }
  return -1
}

const local = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

/**
 * Feeds a part chunk by chunk; keeps no more of it than the token that is not finished.
 * @throws AppError `bad-file` with fault `document-type` or `broken-workbook`
 */
export class XmlStream {
  #rest = ''
  #part: string
  #handlers: XmlHandlers
  #open: string[] = []

  constructor(part: string, handlers: XmlHandlers) {
    this.#part = part
    this.#handlers = handlers
  }

  write(chunk: string): void {
    const text = this.#rest + chunk
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag < 0) break
      if (tag > at) this.#say(text.slice(at, tag))
      const next = this.#markup(text, tag)
      if (next < 0) {
        at = tag
        break
      }
      at = next
    }
    this.#rest = text.slice(at)
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#open.length > 0)
      throw fileFault({ fault: 'broken-workbook', detail: `${this.#part}: unfinished XML` })
  }

  /** XML 1.0 §2.11: a reader sees every line end as one newline; `&#13;` is not a line end. */
  #say(raw: string): void {
    this.#handlers.text(unescapeXml(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw))
  }

  /** Position after the markup at `from`, or -1 when its end has not arrived. */
  #markup(text: string, from: number): number {
    const next = text.charCodeAt(from + 1)
    if (next !== 0x21 && next !== 0x3f) {
      const end = tagEnd(text, from)
      if (end >= 0) this.#tag(text.slice(from + 1, end))
      return end < 0 ? -1 : end + 1
    }
    if (text.startsWith('<!--', from)) return after(text, '-->', from)
    if (text.startsWith('<?', from)) return after(text, '?>', from)
    if (text.startsWith('<![CDATA[', from)) {
      const end = text.indexOf(']]>', from)
      if (end >= 0) this.#handlers.text(text.slice(from + 9, end))
      return end < 0 ? -1 : end + 3
    }
    if (text.startsWith('<!', from) && text.length - from >= 9)
      throw fileFault({ fault: 'document-type', part: this.#part })
    return -1
  }

  #tag(tag: string): void {
    if (tag.startsWith('/')) {
      const name = local(tag.slice(1).trim())
      if (this.#open.pop() !== name)
        throw fileFault({ fault: 'broken-workbook', detail: `${this.#part}: </${name}> closes nothing` })
      this.#handlers.close(name)
      return
    }
    const empty = tag.endsWith('/')
    const body = empty ? tag.slice(0, -1) : tag
    const blank = blankIn(body)
    const name = local(blank < 0 ? body : body.slice(0, blank))
    this.#handlers.open(name, blank < 0 ? '' : body.slice(blank))
    if (empty) this.#handlers.close(name)
    else this.#open.push(name)
  }
}

function blankIn(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20) return i
  return -1
}

const after = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}
