import { isIso2022Jp, kanaInEucJp, looksCp932, looksWestern, steps, utf16WithoutMark } from './encoding-steps.ts'
import { type BytePlace, fileFault } from './faults.ts'
import type { Encoding } from './grid.ts'
import { limits } from './limits.ts'

export type Candidate = {
  readonly encoding: Encoding
  /**
   * `certain`: a mark or a check says so; `likely`: by the look of the text; `possible`: it decodes, no more. When even the
   * best is only possible, nothing is read before a person has chosen.
   */
  readonly confidence: 'certain' | 'likely' | 'possible'
  readonly invalid: number
  /** The first places where the guess matters, as this encoding shows them. */
  readonly sample: readonly string[]
}

const label: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  // WHATWG's shift_jis is code page 932 with the NEC and IBM extensions: https://encoding.spec.whatwg.org/#shift_jis
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
  'windows-1252': 'windows-1252',
}
const lossy = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(label[encoding]).decode(bytes)

function holds(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(label[encoding], { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

type Survey = {
  invalid: number
  invalidBytes: number
  places: BytePlace[]
  wide: number
  inRuns: number
  kana: number
  firsts: number[]
}

/** Walks the bytes once: what does not decode and where, and how the non-ASCII characters stand together. */
function survey(bytes: Uint8Array, encoding: Encoding): Survey {
  const step = steps[encoding]
  const found: Survey = { invalid: 0, invalidBytes: 0, places: [], wide: 0, inRuns: 0, kana: 0, firsts: [] }
  if (!step) return found
  let line = 1
  let before = false
  // Invalid bytes side by side are one place: a person looks there once.
  let broken = false
  for (let i = 0; i < bytes.length;) {
    const b = bytes[i] ?? 0
    const n = step(bytes, i)
    if (b === 0x0a) line++
    if (n === 0) found.invalidBytes++
    if (n === 0 && !broken) {
      found.invalid++
      const hex = Buffer.from(bytes.subarray(i, i + 3)).toString('hex')
      if (found.places.length < limits.placesListed) found.places.push({ line, offset: i, bytes: hex })
    } else if (n > 0 && b >= 0x80) {
      found.wide++
      if (before) found.inRuns++
      if (b === 0x82 || b === 0x83) found.kana++
      if (found.firsts.length < 5 && !before) found.firsts.push(i)
    }
    before = n > 0 && b >= 0x80
    broken = n === 0
    i += n || 1
  }
  return found
}

function sampleAt(bytes: Uint8Array, encoding: Encoding, firsts: readonly number[]): string[] {
  return firsts.map((at) => {
    // From the beginning of the line, or of the character itself: anywhere else would cut a character of two bytes.
    const line = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1
    const before = at - line > longLine ? '' : lossy(bytes.subarray(line, at), encoding)
    const text = `${Array.from(before).slice(-shownBefore).join('')}${lossy(bytes.subarray(at, at + 60), encoding)}`
    return text.split(/[\r\n]/)[0]?.replace(/\ufffd+$/, '') ?? ''
  })
}
const longLine = 2000
const shownBefore = 20

function byMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8-bom'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

type Surveyed = Survey & { readonly encoding: Encoding }

/**
 * Which encodings the bytes may be in, best first, never empty. The share of non-ASCII characters that stand beside
 * another one tells Japanese (words) from Western text (single accents and quotes), whose bytes also decode as CP932.
 */
export function detectEncoding(bytes: Uint8Array): readonly [Candidate, ...Candidate[]] {
  const marked = byMark(bytes)
  if (!marked && isIso2022Jp(bytes)) {
    const invalid = holds(bytes, 'iso-2022-jp') ? 0 : 1
    return [{ encoding: 'iso-2022-jp', confidence: 'certain', invalid, sample: [] }]
  }
  const unmarked = marked ? undefined : utf16WithoutMark(bytes)
  if (unmarked) return [{ encoding: unmarked, confidence: 'likely', invalid: 0, sample: [] }]
  if (marked !== 'utf-16le' && marked !== 'utf-16be' && holds(bytes, 'utf-8')) {
    const start = bytes.subarray(0, 1_000_000)
    const sample = sampleAt(bytes, 'utf-8', survey(start, 'utf-8').firsts)
    return [{ encoding: marked ?? 'utf-8', confidence: 'certain', invalid: 0, sample }]
  }
  const of = (encoding: Encoding): Surveyed => ({ encoding, ...survey(bytes, encoding) })
  const asCandidate = (s: Surveyed, confidence: Candidate['confidence']): Candidate => ({
    encoding: s.encoding,
    confidence,
    invalid: s.invalid,
    sample: sampleAt(bytes, s.encoding, s.firsts),
  })
  if (marked === 'utf-8-bom') return [{ ...asCandidate(of('utf-8'), 'certain'), encoding: marked }]
  if (marked) return [{ encoding: marked, confidence: 'certain', invalid: holds(bytes, marked) ? 0 : 1, sample: [] }]
  return guesses(bytes, of, asCandidate) as [Candidate, ...Candidate[]]
}

function guesses(
  bytes: Uint8Array,
  of: (encoding: Encoding) => Surveyed,
  asCandidate: (s: Surveyed, confidence: Candidate['confidence']) => Candidate,
): Candidate[] {
  const [utf8, cp932, western, eucJp] = [of('utf-8'), of('cp932'), of('windows-1252'), of('euc-jp')]
  const found: Candidate[] = []
  const add = (s: Surveyed, confidence: Candidate['confidence']) =>
    found.push(asCandidate(s, found.length > 0 ? 'possible' : confidence))
  // Text in another encoding hardly ever forms a sequence of UTF-8: many good ones and a few bad bytes are damage.
  const damagedUtf8 = utf8.wide >= utf8.invalidBytes * 3
  const inWords = cp932.wide > 0 && cp932.inRuns / cp932.wide >= 0.5 && cp932.invalid * 20 <= cp932.wide
  const isCp932 = inWords && looksCp932(bytes)
  const isWestern = western.invalid === 0 && looksWestern(bytes)
  const kana = eucJp.invalid === 0 ? kanaInEucJp(bytes) : 0
  if (damagedUtf8) add(utf8, 'likely')
  if (kana >= 0.15) add(eucJp, kana >= 0.3 ? 'certain' : 'likely')
  if (isCp932) add(cp932, sure(cp932))
  if (isWestern) add(western, 'likely')
  if (!inWords && cp932.invalid === 0) add(cp932, 'likely')
  // What follows only decodes: when nothing above did more, a person has to say what the file is in.
  if (kana < 0.15 && eucJp.invalid === 0) found.push(asCandidate(eucJp, 'possible'))
  if (inWords && !isCp932) found.push(asCandidate(cp932, 'possible'))
  if (!isWestern && western.invalid === 0) found.push(asCandidate(western, 'possible'))
  if (!damagedUtf8) found.push(asCandidate(utf8, 'possible'))
  return found
}

const sure = ({ invalid, kana }: Survey): Candidate['confidence'] => (invalid === 0 && kana > 0 ? 'certain' : 'likely')

type Decoded = { readonly text: string; readonly invalid: number; readonly places: readonly BytePlace[] }

/**
 * Decodes once, by the encoding that was chosen. Bytes that it does not have are refused with their places, or, when the
 * person said so (`replace`), become U+FFFD and are counted: never a guess at what was meant.
 * @throws AppError `bad-file` with fault `invalid-bytes`
 */
export function decodeText(
  bytes: Uint8Array,
  encoding: Encoding,
  invalidBytes: 'refuse' | 'replace' = 'refuse',
): Decoded {
  const { invalid, places } = survey(bytes, encoding)
  const broken = invalid > 0 || (steps[encoding] === undefined && !holds(bytes, encoding))
  if (broken && invalidBytes === 'refuse')
    throw fileFault({ fault: 'invalid-bytes', encoding, count: Math.max(1, invalid), places })
  // The decoder takes away the byte order mark of its own encoding, and no other U+FEFF.
  return { text: lossy(bytes, encoding), invalid, places }
}
