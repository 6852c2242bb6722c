import { expect, it } from 'vitest'

import { type ColumnMap, columnMapSchema } from '#register/spreadsheet/column-map.ts'

import { hasName, readingFor, setTarget, targetOf } from './map-edit.ts'

const map: ColumnMap = columnMapSchema.parse({
  id: 'example',
  version: 1,
  name: { ja: '例', en: 'Example' },
  columns: [
    { headers: ['名称'], field: 'name' },
    { headers: ['段階'], field: 'stage', read: { as: 'code', values: { 企画中: 'planning' } } },
    { headers: ['備考'], field: null },
    { headers: ['備考'], occurrence: 2, field: null },
  ],
})
const columns = ['名称', '段階', '備考', '備考', '部署'].map((header, i) => ({ header, position: i + 1 }))
const at = (position: number) => columns[position - 1]!
const text = () => ({ as: 'text' as const })
const fieldAt = (found: ColumnMap, header: string, occurrence = 1) =>
  found.columns.find((c) => c.headers.includes(header) && c.occurrence === occurrence)?.field

it('a column put into a field is a map that the server accepts', () => {
  const edited = setTarget(map, columns, at(3), 'purpose', (field) => readingFor(field, [], {}))
  expect(columnMapSchema.safeParse(edited).success).toBe(true)
  expect(fieldAt(edited, '備考')).toBe('purpose')
})

it('of two columns of one name only the chosen one is put into the field', () => {
  const edited = setTarget(map, columns, at(4), 'purpose', text)
  expect([fieldAt(edited, '備考'), fieldAt(edited, '備考', 2)]).toEqual([null, 'purpose'])
})

it('a field takes one column, so the earlier one goes into none', () => {
  const edited = setTarget(map, columns, at(3), 'name', text)
  expect([fieldAt(edited, '名称'), fieldAt(edited, '備考')]).toEqual([null, 'name'])
  expect(hasName(edited)).toBe(true)
  expect(hasName(setTarget(edited, columns, at(3), null, text))).toBe(false)
})

it('a column can be the organisation, and stop being it', () => {
  const edited = setTarget(map, columns, at(5), 'organisation', text)
  expect(targetOf(edited, at(5), null)).toBe('organisation')
  const back = setTarget(edited, columns, at(5), null, text)
  expect(targetOf(back, at(5), null)).toBe(null)
  expect(back.organisation).toBeUndefined()
})

it('words for codes come from the maps that are known and from our own labels', () => {
  expect(readingFor('stage', [map], { idea: '構想' })).toEqual({
    as: 'code',
    values: { 企画中: 'planning', 構想: 'idea' },
  })
})
