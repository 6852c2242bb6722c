import { describe, expect, test } from 'vitest'

import type { Organisation } from '#access/api.ts'

import { treeRows } from './organisation-tree.ts'

const organisation = (id: string, parentId: string | null): Organisation => ({
  id,
  parentId,
  path: [],
  kind: 'division',
  code: '',
  name: { ja: id, en: '' },
  validFrom: null,
  validTo: null,
  demo: false,
  version: 1,
  uses: 1,
})
const byId = (a: Organisation, b: Organisation) => a.id.localeCompare(b.id)
const shape = (all: readonly Organisation[]) => treeRows(all, byId).map((row) => [row.organisation.id, row.depth])

describe('the tree of organisations', () => {
  test('parents stand before their children, each one deeper', () => {
    expect(
      shape([organisation('b', 'a'), organisation('c', null), organisation('a', null), organisation('d', 'b')]),
    ).toEqual([
      ['a', 0],
      ['b', 1],
      ['d', 2],
      ['c', 0],
    ])
  })
  test('one whose parent is not visible stands at the top rather than nowhere', () => {
    expect(shape([organisation('b', 'hidden'), organisation('c', 'b')])).toEqual([
      ['b', 0],
      ['c', 1],
    ])
  })
  test('an organisation counts the uses of all below it, each once', () => {
    const rows = treeRows(
      [organisation('a', null), organisation('b', 'a'), organisation('c', 'b'), organisation('d', 'a')],
      byId,
    )
    expect(rows.map((row) => [row.organisation.id, row.uses])).toEqual([
      ['a', 4],
      ['b', 2],
      ['c', 1],
      ['d', 1],
    ])
  })
})
