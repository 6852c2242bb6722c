/** What is remarkable about the characters of a cell; the text itself is never touched. */
type Trait =
  | 'replacement-character' // U+FFFD: a character was lost before the file came here
  | 'mojibake' // UTF-8 that was read as another encoding upstream
  | 'broken-by-spreadsheet' // an error value such as #NAME? in place of what was written
  | 'invisible-character' // zero width, direction marks, soft hyphen, U+FEFF inside text
  | 'no-break-space'
  | 'private-use-character' // 外字: shown only where the sender's font is
  | 'control-character'

const suspicious = /[^\u0020-\u007e\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef\n\t]|#[A-Z]|[\u7e3a\u7e67\u7e5d]/u
const errorValue = /^#(NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/
const invisible = /(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/u
const control = /(?![\t\n\r])\p{Cc}/u

/** Windows-1252 for the bytes 80 to 9F, as far as they are assigned. */
const high1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const asByte = (c: string): number => {
  const code = c.charCodeAt(0)
  if (code <= 0xff && (code < 0x80 || code > 0x9f)) return code
  const at = high1252.indexOf(c)
  return at < 0 ? -1 : 0x80 + at
}
const westernRun = new RegExp(`[\\u00c2-\\u00f4][\\u00a0-\\u00ff${high1252}]{1,3}`, 'g')

/** A run that, taken back to its Windows-1252 bytes, is a character of UTF-8: `â€™`, `Ã©`, `ç”Ÿ`. */
function wasUtf8(text: string): boolean {
  for (const [run] of text.matchAll(westernRun)) {
    const bytes = Array.from(run, asByte)
    const lead = bytes[0] ?? 0
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    const tail = bytes.slice(1, length)
    if (tail.length === length - 1 && tail.every((b) => b >= 0x80 && b <= 0xbf)) return true
  }
  // UTF-8 kana read as CP932 begin with 縺, 繧 or 繝, which hardly ever stand twice in a text.
  return (text.match(/[縺繧繝]/g)?.length ?? 0) >= 2
}

export function traitsOf(text: string): Trait[] {
  if (!suspicious.test(text)) return []
  const traits: Trait[] = []
  if (text.includes('\ufffd')) traits.push('replacement-character')
  if (wasUtf8(text)) traits.push('mojibake')
  if (errorValue.test(text.trim())) traits.push('broken-by-spreadsheet')
  if (invisible.test(text)) traits.push('invisible-character')
  if (/[\u00a0\u202f]/.test(text)) traits.push('no-break-space')
  if (/\p{Co}/u.test(text)) traits.push('private-use-character')
  if (control.test(text)) traits.push('control-character')
  return traits
}
