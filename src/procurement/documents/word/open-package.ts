import yauzl, { type Entry, type ZipFile } from 'yauzl'

import { AppError } from '#platform/errors.ts'
import { writeZip } from '#register/spreadsheet/write-zip.ts'

/** The parts of an Office document by name. */
export type Package = Map<string, Buffer>

/** What a template may hold. A formal template has some 15 parts and less than 1 MB; ours to choose. */
export const packageLimits = {
  fileBytes: 10_000_000,
  parts: 500,
  unpackedBytes: 60 * 1024 * 1024,
  unpackedPerPacked: 200,
  ratioFromBytes: 2 * 1024 * 1024,
} as const

const bad = (fault: string, more: Readonly<Record<string, unknown>> = {}) =>
  new AppError('bad-file', { fault, ...more })
const bomb = (measure: string, found: number, limit: number) =>
  new AppError('too-large', { fault: 'zip-bomb', measure, found: Math.round(found), limit })

const isOle = (bytes: Buffer) => bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1'

/**
 * Opens an Office document: first what its directory declares is held against the limits, then each part is unpacked and
 * broken off where it has more than was declared.
 * @throws AppError `bad-file` with fault `empty-file`, `encrypted`, `old-word`, `not-a-document`, `broken-document`;
 *   `too-large` (`zip-bomb`, or over `fileBytes`)
 */
export async function openPackage(bytes: Buffer): Promise<Package> {
  if (bytes.length === 0) throw bad('empty-file')
  if (bytes.length > packageLimits.fileBytes) throw new AppError('too-large', { limit: packageLimits.fileBytes })
  // An encrypted document is a compound file with a stream of this name: [MS-OFFCRYPTO] 2.3.4.4.
  if (isOle(bytes)) throw bad(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old-word')
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') throw bad('not-a-document')
  try {
    const zip = await open(bytes)
    const entries = await entriesOf(zip)
    judge(entries, bytes.length)
    const parts: Package = new Map()
    for (const entry of entries)
      if (!entry.fileName.endsWith('/')) parts.set(entry.fileName.replaceAll('\\', '/'), await unpack(zip, entry))
    return parts
  } catch (error) {
    throw error instanceof AppError ? error : bad('broken-document', { part: '', detail: String(error) })
  }
}

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((done, fail) =>
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => (error ? fail(error) : done(zip))),
  )

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > packageLimits.parts) throw bomb('parts', zip.entryCount, packageLimits.parts)
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

function judge(entries: readonly Entry[], fileBytes: number): void {
  if (entries.some((entry) => entry.isEncrypted())) throw bad('encrypted')
  let [unpacked, packed] = [0, 0]
  for (const entry of entries) {
    unpacked += entry.uncompressedSize
    packed += entry.compressedSize
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
    if (entry.uncompressedSize > packageLimits.ratioFromBytes && ratio > packageLimits.unpackedPerPacked)
      throw bomb('ratio', ratio, packageLimits.unpackedPerPacked)
  }
  if (unpacked > packageLimits.unpackedBytes) throw bomb('unpacked', unpacked, packageLimits.unpackedBytes)
  // Parts that lie over each other share their packed bytes: more is declared than the file has.
  if (packed > fileBytes) throw bomb('ratio', packed, fileBytes)
}

/** yauzl fails where a part unpacks to more or less than its directory says. */
const unpack = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((done, fail) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return fail(error)
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => done(Buffer.concat(chunks)))
      stream.on('error', fail)
    }),
  )

/** Equal parts give equal bytes. The list of content types stands first, as OPC readers expect it. */
export async function packPackage(parts: Package): Promise<Buffer> {
  const types = '[Content_Types].xml'
  const names = [...parts.keys()].toSorted((a, b) => Number(b === types) - Number(a === types))
  const zip = await writeZip(names.map((name) => ({ name, text: [parts.get(name) ?? Buffer.alloc(0)] })))
  return Buffer.from(zip)
}
