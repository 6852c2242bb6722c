import { type BytePlace, fileFault } from './faults.ts'
import type { Encoding } from './grid.ts'
import { limits } from './limits.ts'

export type Candidate = {
  readonly encoding: Encoding
  /** `certain`: a mark or a check says so; `likely`: by the look of the text; `possible`: it decodes, no more. */
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

/** Length in bytes of the character at `i`, or 0 when none of this encoding starts there. */
type Step = (bytes: Uint8Array, i: number) => number

const inRange = (b: number | undefined, low: number, high: number): boolean => b !== undefined && b >= low && b <= high

const utf8Step: Step = (bytes, i) => {
  const b = bytes[i] ?? 0
  if (b < 0x80) return 1
  const more = inRange(b, 0xc2, 0xdf) ? 1 : inRange(b, 0xe0, 0xef) ? 2 : inRange(b, 0xf0, 0xf4) ? 3 : 0
  if (more === 0) return 0
  const low = b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80
  const high = b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf
  if (!inRange(bytes[i + 1], low, high)) return 0
  for (let k = 2; k <= more; k++) if (!inRange(bytes[i + k], 0x80, 0xbf)) return 0
  return more + 1
}

const cp932 = new TextDecoder('shift_jis')
/** Bit per pair of bytes: whether CP932 has a character there. Filled when the first such file arrives. */
let pairs: Uint8Array | undefined
function pairExists(lead: number, trail: number): boolean {
  if (!pairs) {
    pairs = new Uint8Array(0x10000)
    for (let a = 0x81; a <= 0xfc; a++)
      for (let b = 0x40; b <= 0xfc; b++) {
        const text = cp932.decode(new Uint8Array([a, b]))
        if (text.length === 1 && text !== '\ufffd') pairs[(a << 8) | b] = 1
      }
  }
  return pairs[(lead << 8) | trail] === 1
}

const cp932Step: Step = (bytes, i) => {
  const b = bytes[i] ?? 0
  if (b < 0x80 || inRange(b, 0xa1, 0xdf)) return 1
  if (!inRange(b, 0x81, 0x9f) && !inRange(b, 0xe0, 0xfc)) return 0
  const trail = bytes[i + 1]
  return trail !== undefined && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc && pairExists(b, trail) ? 2 : 0
}

/** Five bytes of Windows-1252 are unassigned; WHATWG decodes them to C1 controls, which no text holds. */
const windows1252Step: Step = (bytes, i) => ([0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(bytes[i] ?? 0) ? 0 : 1)

const steps: Readonly<Partial<Record<Encoding, Step>>> = {
  'utf-8': utf8Step,
  'utf-8-bom': utf8Step,
  cp932: cp932Step,
  'windows-1252': windows1252Step,
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
    let from = at
    while (from > 0 && at - from < 30 && bytes[from - 1] !== 0x0a) from--
    const text = lossy(bytes.subarray(from, at + 60), encoding)
    return text.split(/[\r\n]/)[0]?.replace(/\ufffd+$/, '') ?? ''
  })
}

function byMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8-bom'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

/**
 * Which encodings the bytes may be in, best first, never empty. The share of non-ASCII characters that stand beside
 * another one tells Japanese (words) from Western text (single accents and quotes), whose bytes also decode as CP932.
 */
export function detectEncoding(bytes: Uint8Array): readonly [Candidate, ...Candidate[]] {
  const marked = byMark(bytes)
  if (marked !== 'utf-16le' && marked !== 'utf-16be' && holds(bytes, 'utf-8')) {
    const start = bytes.subarray(0, 1_000_000)
    const sample = sampleAt(bytes, 'utf-8', survey(start, 'utf-8').firsts)
    return [{ encoding: marked ?? 'utf-8', confidence: 'certain', invalid: 0, sample }]
  }
  const surveys = (['utf-8', 'cp932', 'windows-1252'] as const).map((encoding) => ({
    encoding,
    ...survey(bytes, encoding),
  }))
  const [utf8, japanese, western] = surveys as [(typeof surveys)[0], (typeof surveys)[0], (typeof surveys)[0]]
  const asCandidate = (s: (typeof surveys)[0], confidence: Candidate['confidence']): Candidate => ({
    encoding: s.encoding,
    confidence,
    invalid: s.invalid,
    sample: sampleAt(bytes, s.encoding, s.firsts),
  })
  if (marked === 'utf-8-bom') return [{ ...asCandidate(utf8, 'certain'), encoding: marked }]
  if (marked) return [{ encoding: marked, confidence: 'certain', invalid: holds(bytes, marked) ? 0 : 1, sample: [] }]
  const inWords = japanese.wide > 0 && japanese.inRuns / japanese.wide >= 0.5 && japanese.invalid * 20 <= japanese.wide
  // Text in another encoding hardly ever forms a sequence of UTF-8: many good ones and a few bad bytes are damage.
  const damagedUtf8 = utf8.wide >= utf8.invalidBytes * 3
  const guesses: Candidate[] = []
  if (damagedUtf8) guesses.push(asCandidate(utf8, 'likely'))
  if (inWords) guesses.push(asCandidate(japanese, guesses.length > 0 ? 'possible' : sure(japanese)))
  if (western.invalid === 0) guesses.push(asCandidate(western, guesses.length > 0 ? 'possible' : 'likely'))
  if (!inWords && japanese.invalid === 0) guesses.push(asCandidate(japanese, 'possible'))
  if (!damagedUtf8) guesses.push(asCandidate(utf8, 'possible'))
  return guesses as [Candidate, ...Candidate[]]
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
