import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

import { fileFault } from './faults.ts'
import { limits } from './limits.ts'
import { type XmlHandlers, XmlStream } from './xml-stream.ts'

/** The parts of an Office Open XML file, after the sizes that its directory declares were held against the limits. */
export type Parts = {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  /** Feeds one part; `until` ends it early. Parts longer than declared are refused while they are unpacked. */
  readonly feed: (name: string, handlers: XmlHandlers, until?: () => boolean) => Promise<void>
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      if (entries.length <= limits.zipEntries) zip.readEntry()
      else resolve(entries)
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', reject)
    zip.readEntry()
  })
}

const open = (bytes: Uint8Array): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    yauzl.fromBuffer(buffer, { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip)))
  })

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })

const bomb = (part: string, measure: string, found: number, limit: number) =>
  fileFault({ fault: 'zip-bomb', part, measure, found: Math.round(found), limit })

function refuseBombs(entries: readonly Entry[]): void {
  if (entries.length > limits.zipEntries) throw bomb('', 'parts', entries.length, limits.zipEntries)
  let total = 0
  for (const { fileName, uncompressedSize: size, compressedSize: packed } of entries) {
    total += size
    if (size > limits.partBytes) throw bomb(fileName, 'bytes-of-a-part', size, limits.partBytes)
    const ratio = size / Math.max(1, packed)
    if (size > limits.ratioFromBytes && ratio > limits.unpackedPerPacked)
      throw bomb(fileName, 'unpacked-per-packed', ratio, limits.unpackedPerPacked)
  }
  if (total > limits.unpackedBytes) throw bomb('', 'bytes-unpacked', total, limits.unpackedBytes)
}

/**
 * Opens the container and reads its directory, nothing else.
 * @throws AppError `zip-bomb` (too-large), `encrypted`, `broken-workbook`
 */
export async function openParts(bytes: Uint8Array): Promise<Parts> {
  const zip = await open(bytes).catch((cause: unknown) => Promise.reject(broken(cause)))
  const entries = await entriesOf(zip).catch((cause: unknown) => Promise.reject(broken(cause)))
  refuseBombs(entries)
  if (entries.some((entry) => entry.isEncrypted())) throw fileFault({ fault: 'encrypted' })
  const byName = new Map(entries.map((entry) => [entry.fileName.replaceAll('\\', '/'), entry]))
  const feed: Parts['feed'] = async (name, handlers, until) => {
    const entry = byName.get(name)
    if (!entry) throw fileFault({ fault: 'broken-workbook', detail: `${name} is missing` })
    const stream = await streamOf(zip, entry).catch((cause: unknown) => Promise.reject(broken(cause)))
    await feedStream(name, stream, handlers, until)
  }
  return { names: [...byName.keys()], has: (name) => byName.has(name), feed }
}

const broken = (cause: unknown) => fileFault({ fault: 'broken-workbook', detail: messageOf(cause) }, cause)

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

async function feedStream(name: string, stream: Readable, handlers: XmlHandlers, until?: () => boolean) {
  const xml = new XmlStream(name, handlers)
  let decoder: InstanceType<typeof TextDecoder> | undefined
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const next = await chunks.next().catch((cause: unknown) => {
      throw fileFault({ fault: 'broken-workbook', detail: `${name}: ${messageOf(cause)}` }, cause)
    })
    if (next.done) break
    decoder ??= new TextDecoder(next.value[0] === 0xff ? 'utf-16le' : next.value[0] === 0xfe ? 'utf-16be' : 'utf-8')
    xml.write(decoder.decode(next.value, { stream: true }))
    if (until?.()) {
      stream.destroy()
      return
    }
  }
  xml.write(decoder?.decode() ?? '')
  xml.end()
}
