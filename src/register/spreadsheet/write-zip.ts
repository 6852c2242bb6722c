import { crc32, createDeflateRaw } from 'node:zlib'

/** One part: its text comes in pieces, so that a large sheet is never one string; a picture as its bytes. */
export type ZipPart = { readonly name: string; readonly text: Iterable<string | Uint8Array> }

// PKWARE APPNOTE 6.3: no data descriptors, no extra fields, a fixed time (1980-01-01) so that equal content is equal bytes.
const fixedDate = (0 << 9) | (1 << 5) | 1

async function deflate(text: Iterable<string | Uint8Array>): Promise<{ packed: Buffer; size: number; crc: number }> {
  const stream = createDeflateRaw({ level: 6 })
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => stream.on('end', resolve).on('error', reject))
  let [size, crc] = [0, 0]
  for (const piece of text) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
    size += bytes.length
    crc = crc32(bytes, crc)
    if (!stream.write(bytes)) await new Promise<void>((resolve) => stream.once('drain', resolve))
  }
  stream.end()
  await ended
  return { packed: Buffer.concat(chunks), size, crc }
}

function header(name: Buffer, part: { packed: Buffer; size: number; crc: number }, offset?: number): Buffer {
  const central = offset !== undefined
  const fixed = Buffer.alloc(central ? 46 : 30)
  fixed.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0)
  if (central) fixed.writeUInt16LE(20, 4)
  const at = central ? 6 : 4
  fixed.writeUInt16LE(20, at) // version needed
  fixed.writeUInt16LE(0x0800, at + 2) // names are UTF-8
  fixed.writeUInt16LE(8, at + 4) // deflate
  fixed.writeUInt16LE(0, at + 6)
  fixed.writeUInt16LE(fixedDate, at + 8)
  fixed.writeUInt32LE(part.crc, at + 10)
  fixed.writeUInt32LE(part.packed.length, at + 14)
  fixed.writeUInt32LE(part.size, at + 18)
  fixed.writeUInt16LE(name.length, at + 22)
  if (offset !== undefined) fixed.writeUInt32LE(offset, 42)
  return Buffer.concat([fixed, name])
}

/** A ZIP file of deflated parts, in their order. */
export async function writeZip(parts: Iterable<ZipPart>): Promise<Uint8Array> {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text } of parts) {
    const part = await deflate(text)
    const bytes = Buffer.from(name, 'utf8')
    const local = header(bytes, part)
    body.push(local, part.packed)
    directory.push(header(bytes, part, offset))
    offset += local.length + part.packed.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...body, ...directory, end])
}
