/** A longer line is not an answer set but a mistake or an attack. */
export const mostBytesPerLine = 1024 * 1024

export type Line = { number: number; text: string } | { number: number; fault: 'line-too-long' | 'not-utf8' }

/**
 * Splits bytes into lines (LF or CRLF) without ever holding more than one. Lines that are empty are left out but counted.
 * A line that is too long is skipped to its end and reported.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let size = 0
  let tooLong = false
  let number = 0
  const take = (part: Buffer): void => {
    size += part.length
    if (size > mostBytesPerLine) tooLong = true
    if (tooLong) held = []
    else held.push(part)
  }
  const end = (): Line | undefined => {
    number++
    const line = tooLong ? { number, fault: 'line-too-long' as const } : decoded(number, Buffer.concat(held))
    held = []
    size = 0
    tooLong = false
    return 'text' in line && line.text.trim() === '' ? undefined : line
  }
  for await (const chunk of chunks) {
    let rest =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      take(rest.subarray(0, at))
      const line = end()
      if (line) yield line
      rest = rest.subarray(at + 1)
    }
    // A copy: the stream may use its buffer again.
    if (rest.length > 0) take(Buffer.from(rest))
  }
  if (size > 0) {
    const line = end()
    if (line) yield line
  }
}
function decoded(number: number, bytes: Buffer): Line {
  try {
    return { number, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { number, fault: 'not-utf8' }
  }
}
