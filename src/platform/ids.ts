import { randomBytes } from 'node:crypto'

/** Clock and ids are arguments of every use case, so that tests and approved output can fix them. */
export type Now = () => Date
export type NewId = () => string

/** UUID version 7 (RFC 9562 §5.7): 48 bits of Unix time in ms, then random bits, so that new rows lie side by side. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
