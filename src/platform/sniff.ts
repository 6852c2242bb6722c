import { fileTypeFromBuffer } from 'file-type'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

import { checkZip, type ZipJudgement, type ZipLimits } from './check-zip.ts'

/** What bytes can turn out to be, of what may be allowed; anything else is named by its usual ending (`exe`, `html`). */
export const byteKinds = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'odp',
  'ole',
  'text',
  'png',
  'jpg',
  'tif',
  'webp',
] as const
export type ByteKind = (typeof byteKinds)[number]

export type AllowedType = { readonly ending: string; readonly mediaType: string; readonly bytes: ByteKind }

export type SniffRules = { readonly types: readonly AllowedType[]; readonly limits: ZipLimits }

export type Refusal =
  | { readonly code: 'empty' }
  | { readonly code: 'type-not-allowed'; readonly ending: string; readonly allowed: readonly string[] }
  | { readonly code: 'not-what-name-says'; readonly ending: string; readonly found: string }
  | { readonly code: 'macros' }
  | { readonly code: 'encrypted' }
  | { readonly code: 'broken' }
  | Extract<ZipJudgement, { code: 'zip-bomb' }>

export type Sniffed =
  | { readonly ok: true; readonly mediaType: string }
  | { readonly ok: false; readonly reason: Refusal }

const refused = (reason: Refusal): Sniffed => ({ ok: false, reason })

/**
 * Holds a file on disk against its name: the ending must be allowed and the bytes must be what it says.
 * @param file `bytes`: its size
 */
export async function sniff(file: { path: string; name: string; bytes: number }, rules: SniffRules): Promise<Sniffed> {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  const allowed = rules.types.find((type) => type.ending === ending)
  if (!allowed)
    return refused({ code: 'type-not-allowed', ending, allowed: [...new Set(rules.types.map((t) => t.ending))] })
  if (file.bytes === 0) return refused({ code: 'empty' })
  const found = await kindOf(file, rules.limits)
  if (typeof found !== 'string') return refused(found)
  if (found !== allowed.bytes) return refused({ code: 'not-what-name-says', ending, found })
  return { ok: true, mediaType: allowed.mediaType }
}

async function kindOf(file: { path: string; bytes: number }, limits: ZipLimits): Promise<string | Refusal> {
  const head = await headOf(file.path)
  if (head.subarray(0, 2).toString('latin1') === 'PK') return zipKind(file, limits)
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') return oleKind(file.path)
  const active = activeText(head)
  if (active !== undefined) return active
  const known = await fileTypeFromBuffer(head)
  if (known && known.ext !== 'xml') return known.ext
  return (await isText(file.path)) ? (known?.ext ?? 'text') : 'binary'
}

const headBytes = 8192

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Text that something would run: a page, a picture with script, a script for a shell. Also in UTF-16. */
function activeText(head: Buffer): string | undefined {
  const text = head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '')
  if (text.startsWith('#!')) return 'script'
  if (/<svg[\s>]/i.test(text)) return 'svg'
  return /^<(!doctype|!--|html|head|body|script|iframe|style|table|meta|link|\?php)|<script[\s>]/i.test(text)
    ? 'html'
    : undefined
}

async function zipKind(file: { path: string; bytes: number }, limits: ZipLimits): Promise<string | Refusal> {
  const zip = await checkZip(file.path, file.bytes, limits)
  if (!zip.ok) return zip.code === 'zip-bomb' ? zip : { code: zip.code }
  if (zip.names.some((name) => /(^|\/)(vbaProject\.bin|Basic\/script-lc\.xml)$/i.test(name))) return { code: 'macros' }
  const has = (name: string) => zip.names.includes(name)
  if (has('[Content_Types].xml')) {
    if (has('word/document.xml')) return 'docx'
    if (has('xl/workbook.xml')) return 'xlsx'
    if (has('ppt/presentation.xml')) return 'pptx'
  }
  const odf = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)$/.exec(zip.mimetype ?? '')?.[1]
  return odf === undefined ? 'zip' : ({ text: 'odt', spreadsheet: 'ods', presentation: 'odp' }[odf] ?? 'zip')
}

/** Storages of macros and of encryption stand by name in the directory: [MS-OVBA] 2.2.1, [MS-OFFCRYPTO] 2.3.4.4. */
async function oleKind(path: string): Promise<string | Refusal> {
  const macros = Buffer.from('_VBA_PROJECT', 'utf16le')
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le')
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    const seen = Buffer.concat([rest, chunk as Buffer])
    if (seen.includes(macros)) return { code: 'macros' }
    if (seen.includes(encrypted)) return { code: 'encrypted' }
    rest = seen.subarray(Math.max(0, seen.length - encrypted.length))
  }
  return 'ole'
}

/**
 * Text of any encoding has hardly any control bytes, to its end. UTF-16 has many NULs, in every second place, and a mark
 * at its beginning.
 */
async function isText(path: string): Promise<boolean> {
  let controls = 0
  let all = 0
  let utf16: boolean | undefined
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    utf16 ??= /^(fffe|feff)/.test(bytes.subarray(0, 2).toString('hex'))
    all += bytes.length
    for (const b of bytes) if (b < 9 || (b > 13 && b < 32 && b !== 27)) controls++
    if (!utf16 && controls * 20 > all && all > headBytes) return false
  }
  return utf16 === true || controls * 20 <= all
}
