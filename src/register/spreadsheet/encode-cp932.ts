import iconv from 'iconv-lite'

/** A character that an encoding cannot hold, with the first place of it. Rows and columns from 1. */
export type CannotHold = {
  readonly character: string
  readonly codePoint: string
  readonly row: number
  readonly column: number
  /** In how many cells it stands. */
  readonly cells: number
  /** One that looks the same and can be held: a proposal for a person, never taken by itself. */
  readonly instead?: string
}

const decoder = new TextDecoder('shift_jis')
const known = new Map<string, boolean>()

/** Held means: written and read back, it is the same character. The other 〜 (U+301C) comes back as ～ and is not. */
function isHeld(character: string): boolean {
  let held = known.get(character)
  if (held === undefined) {
    held = decoder.decode(iconv.encode(character, 'cp932')) === character
    known.set(character, held)
  }
  return held
}

/** The pairs on which JIS and Microsoft tables differ: JIS X 0208 rows 1-2 against code page 932. */
const twins: Readonly<Record<string, string>> = {
  '\u301c': '～',
  '\u2212': '－',
  '\u2016': '∥',
  '\u00a2': '￠',
  '\u00a3': '￡',
  '\u00ac': '￢',
  '\u2014': '―',
  '\u00a6': '￤',
  '\u00a0': ' ',
  '\u2013': '－',
  '\u2010': '－',
  '\u00b7': '・',
  '\u2022': '・',
}

const insteadOf = (character: string): string | undefined => {
  const candidates = [twins[character], character.normalize('NFKC'), character.normalize('NFC')]
  return candidates.find((other) => other !== undefined && other !== character && Array.from(other).every(isHeld))
}

/** Every character that CP932 cannot hold, in the order of the first places. */
export function cannotHoldCp932(rows: readonly (readonly string[])[]): CannotHold[] {
  const found = new Map<string, { row: number; column: number; cells: number }>()
  rows.forEach((cells, r) =>
    cells.forEach((cell, c) => {
      if (/^[\n\r\t -~]*$/.test(cell)) return
      for (const character of new Set(cell)) {
        if (character.codePointAt(0)! < 0x80 || isHeld(character)) continue
        const earlier = found.get(character)
        if (earlier) earlier.cells++
        else found.set(character, { row: r + 1, column: c + 1, cells: 1 })
      }
    }),
  )
  return [...found].map(([character, place]) => {
    const instead = insteadOf(character)
    const codePoint = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    return { character, codePoint, ...place, ...(instead === undefined ? {} : { instead }) }
  })
}

/** Only for text that was found to be held; anything else would be written as `?`. */
export const encodeCp932 = (text: string): Uint8Array => iconv.encode(text, 'cp932')
