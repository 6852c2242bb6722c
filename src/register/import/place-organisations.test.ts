import { expect, it } from 'vitest'

import { pathKey, placeOrganisations, type Unit } from './place-organisations.ts'

const units: Unit[] = [
  { id: 'desk', parentId: 'counter', names: ['相談支援課', 'Advice'] },
  { id: 'ministry', parentId: null, names: ['あおば省', 'Aoba'] },
  { id: 'counter', parentId: 'ministry', names: ['窓口サービス局', ''] },
  { id: 'general', parentId: 'ministry', names: ['総務局', ''] },
  { id: 'docs1', parentId: 'counter', names: ['文書課', ''] },
  { id: 'docs2', parentId: 'general', names: ['文書課', ''] },
  { id: 'other', parentId: null, names: ['みどり庁', ''] },
  { id: 'others', parentId: 'other', names: ['広報室', ''] },
]
const place = (path: string[], missing: 'create' | 'flag' = 'flag') => {
  let n = 0
  const placed = placeOrganisations(units, 'ministry', [path], missing, () => `new${++n}`)
  return { at: placed.byPath.get(pathKey(path)), created: placed.created, unmatched: placed.unmatched.size }
}

it('descends by name, whatever the width and kana, with or without the ministry in front', () => {
  expect(place(['窓口サービス局', '相談支援課']).at).toBe('desk')
  expect(place(['あおば省', '窓口ｻｰﾋﾞｽ局', ' 相談支援課 ']).at).toBe('desk')
  expect(place(['あおば省']).at).toBe('ministry')
  expect(place(['', '']).at).toBe('ministry')
})

it('takes a single name from anywhere below when it stands there once, and never from another ministry', () => {
  expect(place(['advice']).at).toBe('desk')
  expect(place(['文書課'])).toEqual({ at: 'ministry', created: [], unmatched: 1 })
  expect(place(['広報室'])).toEqual({ at: 'ministry', created: [], unmatched: 1 })
})

it('makes what is missing where the map says so, once for all rows that name it', () => {
  expect(place(['総務局', '図書室', '資料係'], 'create')).toEqual({
    at: 'new2',
    created: [
      { id: 'new1', parentId: 'general', name: '図書室' },
      { id: 'new2', parentId: 'new1', name: '資料係' },
    ],
    unmatched: 0,
  })
  const twice = placeOrganisations(
    units,
    'ministry',
    [
      ['x', 'y'],
      ['Ｘ', 'z'],
    ],
    'create',
    () => crypto.randomUUID(),
  )
  expect(twice.created.map((unit) => unit.name)).toEqual(['x', 'y', 'z'])
})
