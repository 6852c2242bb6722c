import type { Encoding } from './grid.ts'

/** Length in bytes of the character at `i`, or 0 when none of this encoding starts there. */
export type Step = (bytes: Uint8Array, i: number) => number

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

const pairsOf = new Map<string, Uint8Array>()
/** Whether the encoding has a character at this pair of bytes; worked out when the first such file arrives. */
function pairExists(label: 'shift_jis' | 'euc-jp', lead: number, trail: number): boolean {
  let pairs = pairsOf.get(label)
  if (!pairs) {
    const decoder = new TextDecoder(label)
    pairsOf.set(label, (pairs = new Uint8Array(0x10000)))
    for (let a = 0x81; a <= 0xfe; a++)
      for (let b = 0x40; b <= 0xfe; b++) {
        const text = decoder.decode(new Uint8Array([a, b]))
        if (text.length === 1 && text !== '\ufffd') pairs[(a << 8) | b] = 1
      }
  }
  return pairs[(lead << 8) | trail] === 1
}

export const isHalfKana = (b: number | undefined): boolean => inRange(b, 0xa1, 0xdf)

const cp932Step: Step = (bytes, i) => {
  const b = bytes[i] ?? 0
  if (b < 0x80 || isHalfKana(b)) return 1
  if (!inRange(b, 0x81, 0x9f) && !inRange(b, 0xe0, 0xfc)) return 0
  const trail = bytes[i + 1]
  return trail !== undefined && inRange(trail, 0x40, 0xfc) && trail !== 0x7f && pairExists('shift_jis', b, trail)
    ? 2
    : 0
}

const eucJpStep: Step = (bytes, i) => {
  const b = bytes[i] ?? 0
  const next = bytes[i + 1]
  if (b < 0x80) return 1
  if (b === 0x8e) return isHalfKana(next) ? 2 : 0
  if (b === 0x8f) return inRange(next, 0xa1, 0xfe) && inRange(bytes[i + 2], 0xa1, 0xfe) ? 3 : 0
  return next !== undefined && inRange(b, 0xa1, 0xfe) && inRange(next, 0xa1, 0xfe) && pairExists('euc-jp', b, next)
    ? 2
    : 0
}

/** Five bytes of Windows-1252 are unassigned; WHATWG decodes them to C1 controls, which no text holds. */
const windows1252Step: Step = (bytes, i) => ([0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(bytes[i] ?? 0) ? 0 : 1)

export const steps: Readonly<Partial<Record<Encoding, Step>>> = {
  'utf-8': utf8Step,
  'utf-8-bom': utf8Step,
  cp932: cp932Step,
  'euc-jp': eucJpStep,
  'windows-1252': windows1252Step,
}

const isLetter = (b: number | undefined): boolean => b !== undefined && inRange(b | 0x20, 0x61, 0x7a)
/** Signs of Windows-1252 that never stand inside a Western word: `‚ƒ„…†‡ˆ‰‹‘“”•˜™›` and most signs from A1 to BF. */
const noLetter = new Set([
  0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8b, 0x91, 0x93, 0x94, 0x95, 0x98, 0x99, 0x9b, 0xa1, 0xa2, 0xa3,
  0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xac, 0xaf, 0xb1, 0xb2, 0xb3, 0xb6, 0xb8, 0xb9, 0xbc, 0xbd, 0xbe, 0xbf,
])

/** Whether the bytes, read as Windows-1252, look like Western text: single accents and quotes among plain letters. */
export function looksWestern(bytes: Uint8Array): boolean {
  let [wide, beside, inside] = [0, 0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0
    if (b < 0x80) continue
    wide++
    if ((bytes[i - 1] ?? 0) >= 0x80) beside++
    if (noLetter.has(b) && isLetter(bytes[i - 1]) && isLetter(bytes[i + 1])) inside++
  }
  return beside <= wide * 0.45 && inside <= wide * 0.2
}

/**
 * Half-width kana stand in words and are seldom 「､」「･」「ｦ」; scattered ones, or many of these three with no other kana in
 * the text, are bytes of another East Asian encoding (Big5, for one).
 */
export function looksCp932(bytes: Uint8Array): boolean {
  let [wide, halves, lonely, marks, kana] = [0, 0, 0, 0, 0]
  let before = false
  for (let i = 0; i < bytes.length;) {
    const b = bytes[i] ?? 0
    const n = cp932Step(bytes, i) || 1
    const half = n === 1 && isHalfKana(b)
    if (b >= 0x80) wide++
    if (half) halves++
    if (half && b >= 0xa4 && b <= 0xa6) marks++
    if (half && !before && !isHalfKana(bytes[i + 1])) lonely++
    if (n === 2 && (b === 0x82 || b === 0x83)) kana++
    before = half
    i += n
  }
  if (kana > 0) return true
  return lonely <= Math.max(halves * 0.3, wide * 0.05) && marks <= halves * 0.15
}

/** Kana among the characters of EUC-JP (rows 4 and 5 of JIS X 0208), from 0 to 1; no other encoding gives many. */
export function kanaInEucJp(bytes: Uint8Array): number {
  let [wide, kana] = [0, 0]
  for (let i = 0; i < bytes.length;) {
    const b = bytes[i] ?? 0
    if (b >= 0x80) wide++
    if (b === 0xa4 || b === 0xa5) kana++
    i += eucJpStep(bytes, i) || 1
  }
  return wide === 0 ? 0 : kana / wide
}

const escapes = ['$@', '$B', '$(D', '(I', '(J'].map((set) => Buffer.from(`\u001b${set}`, 'latin1'))

/** ISO-2022-JP (RFC 1468) switches to its character sets by these escape sequences and has no byte above 7F. */
export function isIso2022Jp(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return escapes.some((escape) => buffer.includes(escape)) && !bytes.some((b) => b >= 0x80)
}

/** UTF-16 that lost its mark: whole units, line ends among them, plain characters in plenty, and no NUL. */
export function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const start = bytes.subarray(0, 200_000)
  const nuls = start.reduce((n, b) => (b === 0 ? n + 1 : n), 0)
  if (bytes.length % 2 !== 0 || nuls < Math.max(8, start.length * 0.02)) return undefined
  return (['utf-16le', 'utf-16be'] as const).find((encoding) => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(start)
      const plain = (text.match(/[\t\r\n -~]/g) ?? []).length
      return !/[\0\p{Cn}\p{Co}]/u.test(text) && /[\r\n]/.test(text) && plain >= text.length * 0.05
    } catch {
      return false
    }
  })
}
