import { finished } from 'node:stream/promises'
import { Writable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

export type ZipLimits = {
  /** Bytes of all parts when unpacked. */
  readonly unpackedBytes: number
  readonly parts: number
  /** Unpacked bytes for each packed one, asked of parts of `ratioFromBytes` and more. */
  readonly unpackedPerPacked: number
  readonly ratioFromBytes: number
}

export type ZipJudgement =
  | { readonly ok: true; readonly names: readonly string[]; readonly mimetype: string | undefined }
  | { readonly ok: false; readonly code: 'broken' | 'encrypted' }
  | {
      readonly ok: false
      readonly code: 'zip-bomb'
      readonly measure: 'parts' | 'unpacked' | 'ratio'
      readonly found: number
      readonly limit: number
    }

class Refused extends Error {
  readonly judgement: ZipJudgement
  constructor(judgement: ZipJudgement) {
    super('refused')
    this.judgement = judgement
  }
}
const bomb = (measure: 'parts' | 'unpacked' | 'ratio', found: number, limit: number) =>
  new Refused({ ok: false, code: 'zip-bomb', measure, found: Math.round(found), limit })

/**
 * Judges a packed file on disk before anybody opens it: first the sizes its directory declares, then, because a directory
 * may lie, every part is unpacked into nothing, and broken off at the limits. Nothing is held in memory.
 * @param bytes  size of the file
 */
export async function checkZip(path: string, bytes: number, limits: ZipLimits): Promise<ZipJudgement> {
  let zip: ZipFile | undefined
  try {
    zip = await open(path)
    const entries = await entriesOf(zip, limits)
    judgeDirectory(entries, bytes, limits)
    let left = limits.unpackedBytes
    let mimetype: string | undefined
    for (const entry of entries) {
      const { size, head } = await unpack(zip, entry, left, limits)
      left -= size
      // Names the format in an OpenDocument file: OASIS OpenDocument 1.3 part 2, 3.3.
      if (entry.fileName === 'mimetype') mimetype = head
    }
    return { ok: true, names: entries.map((e) => e.fileName.replaceAll('\\', '/')), mimetype }
  } catch (error) {
    return error instanceof Refused ? error.judgement : { ok: false, code: 'broken' }
  } finally {
    zip?.close()
  }
}

function judgeDirectory(entries: readonly Entry[], bytes: number, limits: ZipLimits): void {
  if (entries.some((e) => e.isEncrypted())) throw new Refused({ ok: false, code: 'encrypted' })
  let unpacked = 0
  let packed = 0
  for (const e of entries) {
    unpacked += e.uncompressedSize
    packed += e.compressedSize
    judgeRatio(e.uncompressedSize, e.compressedSize, limits)
  }
  if (unpacked > limits.unpackedBytes) throw bomb('unpacked', unpacked, limits.unpackedBytes)
  // Parts that lie over each other share their packed bytes: more is declared than the file has.
  if (packed > bytes) throw bomb('ratio', packed, bytes)
}

function judgeRatio(unpacked: number, packed: number, limits: ZipLimits): void {
  const ratio = unpacked / Math.max(1, packed)
  if (unpacked >= limits.ratioFromBytes && ratio > limits.unpackedPerPacked)
    throw bomb('ratio', ratio, limits.unpackedPerPacked)
}

const open = (path: string): Promise<ZipFile> =>
  new Promise((done, fail) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? fail(error) : done(zip))),
  )

function entriesOf(zip: ZipFile, limits: ZipLimits): Promise<Entry[]> {
  if (zip.entryCount > limits.parts) throw bomb('parts', zip.entryCount, limits.parts)
  return new Promise((done, fail) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => done(entries))
    zip.on('error', fail)
    zip.readEntry()
  })
}

async function unpack(zip: ZipFile, entry: Entry, left: number, limits: ZipLimits) {
  const stream = await new Promise<NodeJS.ReadableStream>((done, fail) =>
    zip.openReadStream(entry, (error, s) => (error ? fail(error) : done(s))),
  )
  let size = 0
  let head = ''
  const nowhere = new Writable({
    write(chunk: Buffer, _encoding, next) {
      if (head.length < 100) head += chunk.subarray(0, 100).toString('latin1')
      size += chunk.length
      if (size > left) return next(bomb('unpacked', limits.unpackedBytes - left + size, limits.unpackedBytes))
      return next()
    },
  })
  stream.on('error', (error) => nowhere.destroy(error))
  stream.pipe(nowhere)
  await finished(nowhere)
  judgeRatio(size, entry.compressedSize, limits)
  return { size, head }
}
