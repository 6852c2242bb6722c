import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { WriteStream } from 'node:fs'

// The layout of POSIX.1-1988 (ustar): a backup can be looked into with `tar tf`. Only what we need of it: plain files with
// short ASCII names and less than 8 GiB each.

const block = 512

export type Written = { readonly name: string; readonly bytes: number; readonly sha256: string }

function headerOf(name: string, bytes: number): Buffer {
  const head = Buffer.alloc(block)
  head.write(name, 0, 100, 'ascii')
  head.write('0000600\0' + '0000000\0'.repeat(2), 100, 'ascii')
  head.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124, 'ascii')
  // No time of its own: the same content is the same bytes.
  head.write(`${'0'.repeat(11)}\0`, 136, 'ascii')
  head.write('        0', 148, 'ascii')
  head.write('ustar\x0000', 257, 'ascii')
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return head
}

/** Sum of all bytes of a header, the field of the sum taken as spaces. */
function sumOf(head: Buffer): number {
  let sum = 0
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 0x20 : head[i]!
  return sum
}

const paddingOf = (bytes: number) => (block - (bytes % block)) % block

/** Appends entries to a stream, waiting while its reader is slower, and says what was written. */
export function tarWriter(out: WriteStream) {
  let failed: Error | undefined
  out.on('error', (error) => (failed = error))
  const write = async (bytes: Uint8Array) => {
    if (failed) throw failed
    if (bytes.length > 0 && !out.write(bytes)) await once(out, 'drain')
  }
  return {
    /** @throws Error when the content is not as long as was said: its length stands before it */
    async add(name: string, bytes: number, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<Written> {
      await write(headerOf(name, bytes))
      const hash = createHash('sha256')
      let written = 0
      for await (const chunk of content instanceof Uint8Array ? [content] : content) {
        hash.update(chunk)
        written += chunk.length
        await write(chunk)
      }
      if (written !== bytes) throw new Error(`${name}: ${written} bytes instead of ${bytes}`)
      await write(Buffer.alloc(paddingOf(bytes)))
      return { name, bytes, sha256: hash.digest('hex') }
    },
    async end(): Promise<void> {
      await write(Buffer.alloc(2 * block))
      await new Promise<void>((done, fail) => out.end((error?: Error | null) => (error ? fail(error) : done())))
    },
  }
}
export type TarWriter = ReturnType<typeof tarWriter>

/** What is not a tar of ours, or ends too early. */
export class BrokenTar extends Error {
  readonly at: number
  constructor(at: number) {
    super(`not readable at byte ${at}`)
    this.at = at
  }
}

export type TarEntry = { readonly name: string; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }

/**
 * The entries one after another; the content of each is to be read before the next is asked for (what is left is skipped).
 * @throws BrokenTar where the bytes end too early or a header does not add up
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = chunksOf(source)
  for (;;) {
    const head = await reader.exactly(block)
    if (head.every((b) => b === 0)) {
      // Two empty blocks end the file, and nothing comes after them.
      const last = await reader.exactly(block)
      if (last.some((b) => b !== 0) || !(await reader.ended())) throw new BrokenTar(reader.at())
      return
    }
    const sum = parseInt(head.toString('ascii', 148, 156), 8)
    const bytes = parseInt(head.toString('ascii', 124, 136), 8)
    if (sum !== sumOf(head) || !(bytes >= 0)) throw new BrokenTar(reader.at())
    const name = head.toString('ascii', 0, 100).replace(/\0.*$/s, '')
    let left = bytes
    const content = (async function* () {
      while (left > 0) {
        const chunk = await reader.some(left)
        left -= chunk.length
        yield chunk
      }
    })()
    yield { name, bytes, content }
    while (left > 0) left -= (await reader.some(left)).length
    if ((await reader.exactly(paddingOf(bytes))).some((b) => b !== 0)) throw new BrokenTar(reader.at())
  }
}

function chunksOf(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let read = 0
  const more = async () => {
    const next = await iterator.next()
    if (next.done === true) throw new BrokenTar(read)
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value])
  }
  const take = (bytes: number) => {
    const taken = held.subarray(0, bytes)
    held = held.subarray(taken.length)
    read += taken.length
    return taken
  }
  return {
    at: () => read,
    async exactly(bytes: number): Promise<Buffer> {
      while (held.length < bytes) await more()
      return take(bytes)
    },
    async ended(): Promise<boolean> {
      return held.length === 0 && (await iterator.next()).done === true
    },
    /** At most so many, at least one. */
    async some(most: number): Promise<Buffer> {
      if (held.length === 0) await more()
      return take(most)
    },
  }
}
