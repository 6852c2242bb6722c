import { z } from 'zod'

import { AppError } from '#platform/errors.ts'

import type { Order, Sort } from './api-filter.ts'

/** Where a page begins: after this row, or before it. Opaque to whoever asks: only to be sent back. */
export type Cursor = {
  readonly direction: 'after' | 'before'
  readonly sort: Sort
  readonly order: Order
  /** The value of the sorted column in that row. */
  readonly value: string | number
  readonly id: string
}

const schema = z.tuple([
  z.enum(['after', 'before']),
  z.string(),
  z.enum(['asc', 'desc']),
  z.union([z.string(), z.number()]),
  z.uuid(),
])

export const writeCursor = (c: Cursor): string =>
  Buffer.from(JSON.stringify([c.direction, c.sort, c.order, c.value, c.id])).toString('base64url')

/** @throws AppError `bad-input` when it is none, or was made for another order of the list */
export function readCursor(text: string, sort: Sort, order: Order): Cursor {
  const parsed = schema.safeParse(jsonOf(Buffer.from(text, 'base64url').toString('utf8')))
  if (!parsed.success) throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
  const [direction, madeSort, madeOrder, value, id] = parsed.data
  if (madeSort !== sort || madeOrder !== order)
    throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'other-order' }] })
  return { direction, sort, order, value, id }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
