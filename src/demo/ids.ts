import { createHash } from 'node:crypto'

import type { NewId } from '#platform/ids.ts'

/** UUID version 8 (RFC 9562 §5.8) from a name: the demonstration has the same ids on every machine. */
export function idOf(name: string): string {
  const bytes = createHash('sha256').update(`tenbin-demo ${name}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Ids in the order in which they are asked for. */
export function countedIds(name: string): NewId {
  let last = 0
  return () => idOf(`${name} ${++last}`)
}
