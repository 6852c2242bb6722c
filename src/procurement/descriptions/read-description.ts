import { type DescriptionRead, Unreadable } from './model.ts'
import { readBom } from './read-bom.ts'
import { readCard } from './read-card.ts'
import type { DescriptionRules } from './rules.ts'

/** What other bytes begin with, whatever the name of the file says. */
const disguises: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['office', [0xd0, 0xcf, 0x11, 0xe0]],
  ['utf-16', [0xff, 0xfe]],
  ['utf-16', [0xfe, 0xff]],
]

/**
 * Reads a machine-readable description of a model, by what its bytes are and not by its name. Pure: nothing is kept. To be
 * called where time and memory are limited (read-in-thread.ts).
 */
export async function readDescription(bytes: Uint8Array, rules: DescriptionRules): Promise<DescriptionRead> {
  try {
    const text = textOf(bytes, rules.limits.bytes)
    const start = text.trimStart()
    if (start.startsWith('<')) throw new Unreadable({ code: 'not-what-it-says', detail: markupOf(start) })
    const isJson = start.startsWith('{') || start.startsWith('[')
    const description = isJson ? await readBom(text, rules) : readCard(text, rules)
    return description.statements.length === 0
      ? { ok: false, faults: [{ code: 'says-nothing' }] }
      : { ok: true, description }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, faults: error.faults }
    // The stack of a reader that was led deeper than any description is.
    if (error instanceof RangeError) return { ok: false, faults: [{ code: 'too-deep', detail: rules.limits.depth }] }
    throw error
  }
}

function textOf(bytes: Uint8Array, limit: number): string {
  if (bytes.length > limit) throw new Unreadable({ code: 'too-large', detail: limit })
  if (bytes.length === 0) throw new Unreadable({ code: 'empty' })
  const disguise = disguises.find(([, signs]) => signs.every((sign, i) => bytes[i] === sign))
  if (disguise) throw new Unreadable({ code: 'not-what-it-says', detail: disguise[0] })
  if (bytes.subarray(0, 4096).includes(0)) throw new Unreadable({ code: 'not-what-it-says', detail: 'binary' })
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') throw new Unreadable({ code: 'empty' })
    return text
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable({ code: 'not-utf8' })
  }
}

const markupOf = (start: string): string =>
  /^<(!doctype html|html|head|body|script)/i.test(start) ? 'html' : /^<(\?xml|bom)/i.test(start) ? 'xml' : 'markup'
