import { utf16WithoutMark } from './encoding-steps.ts'
import { fileFault } from './faults.ts'

type FileKind = 'text' | 'xlsx' | 'xlsb' | 'ods' | 'zip' | 'ole' | 'pdf' | 'image' | 'gzip' | 'html' | 'xml' | 'binary'

const starts = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((b, i) => bytes[i] === b)

/** What the first bytes say the file is; the names of the parts tell the kinds of ZIP container apart. */
function kindOf(bytes: Uint8Array): FileKind {
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)) return zipKind(bytes)
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole'
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (starts(bytes, 0x1f, 0x8b)) return 'gzip'
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x47, 0x49, 0x46, 0x38))
    return 'image'
  const head = Buffer.from(bytes.subarray(0, 4096))
  const text = head.toString('latin1').replace(/^(\xef\xbb\xbf)?\s*/, '')
  if (/^<(!doctype html|html|table|meta|head)\b/i.test(text)) return 'html'
  if (text.startsWith('<?xml')) return 'xml'
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) return 'text'
  if (utf16WithoutMark(bytes)) return 'text'
  // Text has no NUL and hardly any other control byte; a handful of NULs in a table is reported by its line instead.
  const controls = head.filter((b) => b < 9 || (b > 13 && b < 32 && b !== 27)).length
  return controls * 20 > head.length ? 'binary' : 'text'
}

function zipKind(bytes: Uint8Array): FileKind {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Names of parts stand uncompressed in the directory at the end.
  const directory = buffer.subarray(Math.max(0, buffer.length - 1_000_000)).toString('latin1')
  if (directory.includes('xl/workbook.bin')) return 'xlsb'
  if (directory.includes('xl/workbook.xml')) return 'xlsx'
  if (buffer.subarray(30, 120).toString('latin1').includes('opendocument.spreadsheet')) return 'ods'
  return directory.includes('xl/') && directory.includes('[Content_Types].xml') ? 'xlsx' : 'zip'
}

const expected: Readonly<Record<string, FileKind>> = { csv: 'text', tsv: 'text', txt: 'text', xlsx: 'xlsx' }
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/**
 * Which reader a file goes to, by its content, after that was held against its name.
 * @param name  as delivered; without an ending that is known, the content alone decides
 * @throws AppError with fault `empty-file`, `not-what-name-says`, `old-excel`, `encrypted`, `macros`, `format-not-read`
 */
export function readerFor(name: string, bytes: Uint8Array): 'csv' | 'xlsx' {
  if (bytes.length === 0) throw fileFault({ fault: 'empty-file' })
  const kind = kindOf(bytes)
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (kind === 'ole') {
    // An encrypted workbook is a compound file with a stream of this name: [MS-OFFCRYPTO] 2.3.4.4.
    const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(utf16('EncryptedPackage'))
    throw fileFault({ fault: encrypted ? 'encrypted' : 'old-excel' })
  }
  if (ending === 'xlsm' || ending === 'xltm') throw fileFault({ fault: 'macros' })
  const wanted = expected[ending]
  if (wanted && wanted !== kind) throw fileFault({ fault: 'not-what-name-says', name, found: kind })
  if (kind === 'text') return 'csv'
  if (kind === 'xlsx') return 'xlsx'
  throw ending === 'xls'
    ? fileFault({ fault: 'not-what-name-says', name, found: kind })
    : fileFault({ fault: 'format-not-read', found: kind })
}
