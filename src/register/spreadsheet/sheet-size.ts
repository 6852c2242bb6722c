import { cellPlace, mergePlace } from './read-sheet.ts'
import type { Parts } from './read-zip.ts'
import { attributeOf } from './xml-stream.ts'

const rowsLookedAt = 50

/**
 * What a sheet says it has (`dimension`), from the beginning of its part. Where it says nothing, `rows` and `columns` are
 * what its first 50 rows hold and `declared` is false.
 */
export async function sizeOf(
  parts: Parts,
  part: string,
): Promise<{ rows: number; columns: number; declared: boolean }> {
  let [rows, columns, column] = [0, 0, 0]
  let declared = false
  const open = (name: string, attributes: string) => {
    if (name === 'dimension') {
      const { bottom, right } = mergePlace(attributeOf(attributes, 'ref') ?? '')
      declared = true
      ;[rows, columns] = [bottom, right]
    } else if (name === 'row') {
      rows++
      column = 0
    } else if (name === 'c') {
      column = cellPlace(attributeOf(attributes, 'r') ?? '').column || column + 1
      columns = Math.max(columns, column)
    }
  }
  await parts.feed(part, { open, close: () => {}, text: () => {} }, () => declared || rows > rowsLookedAt)
  return { rows, columns, declared }
}
