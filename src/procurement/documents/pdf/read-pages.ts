/**
 * On which page each entry of the table of contents leads, by its text, from the links of a PDF (ISO 32000-1, 12.5.6.5).
 * A PDF that says it otherwise, or an entry whose text stands twice, gives nothing: then no number is written.
 */
export function pagesByLink(pdf: Buffer): ReadonlyMap<string, number> {
  const text = pdf.toString('latin1')
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(text)?.[1]?.match(/\d+ 0 R/g) ?? []
  const pageOf = new Map(kids.map((reference, i) => [reference, i + 1]))
  const found = new Map<string, number>()
  const twice = new Set<string>()
  const link = /\/Subtype\s*\/Link\b[^>]*?\/Contents\s*<(FEFF[0-9A-F]*)>\s*\/Dest\s*\[(\d+ 0 R)/g
  for (const [, hex = '', reference = ''] of text.matchAll(link)) {
    const words = utf16(hex.slice(4))
    const page = pageOf.get(reference)
    if (page === undefined) continue
    if (found.has(words) && found.get(words) !== page) twice.add(words)
    found.set(words, page)
  }
  for (const words of twice) found.delete(words)
  return found
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')
