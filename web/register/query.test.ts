import fc from 'fast-check'
import { expect, it } from 'vitest'

import { facetFieldIds, facetValues, sorts } from '#register/api-filter.ts'
import { verdicts } from '#register/model.ts'
import { parseSearch, stringifySearch } from '#web/search.ts'

import {
  changeQuery,
  pageSizes,
  readQuery,
  readScoped,
  registerOf,
  type RegisterQuery,
  sameFilter,
  wholeRegister,
  withoutFilters,
  writeFilter,
  writeQuery,
  writeScoped,
} from './query.ts'

const facets = fc
  .uniqueArray(fc.constantFrom(...facetFieldIds), { maxLength: 4 })
  .chain((ids) =>
    fc.record(Object.fromEntries(ids.map((id) => [id, fc.subarray([...facetValues(id)], { minLength: 1 })]))),
  )
const id = fc.oneof(fc.constant(''), fc.uuid())
const query: fc.Arbitrary<RegisterQuery> = fc.record({
  q: fc.string().map((text) => text.trim()),
  organisation: id,
  at: id,
  judged: fc.constantFrom('' as const, 'yes' as const, 'no' as const),
  facets,
  verdict: fc.subarray([...verdicts]),
  stale: fc.boolean(),
  supplier: id,
  model: id,
  import: id,
  sort: fc.constantFrom(...sorts),
  order: fc.constantFrom('asc' as const, 'desc' as const),
  limit: fc.constantFrom(...pageSizes),
  cursor: fc.oneof(fc.constant(''), fc.base64String({ minLength: 1 })),
  from: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
})

it('an address written from a query reads back as the same query', () => {
  fc.assert(
    fc.property(query, (given) => {
      expect(readQuery(parseSearch(stringifySearch(writeQuery(given)).slice(1)))).toEqual(given)
    }),
  )
})

it('an address in the scope of a ministry reads back as the same query', () => {
  fc.assert(
    fc.property(query, fc.uuid(), (given, ministry) => {
      expect(readScoped(parseSearch(stringifySearch(writeScoped(given, ministry)).slice(1)), ministry)).toEqual(given)
    }),
  )
})

it('the register of the own ministry has an empty address, and so has no other', () => {
  expect(writeScoped(registerOf('m'), 'm')).toEqual({})
  expect(readScoped({}, 'm')).toEqual(registerOf('m'))
  expect(readScoped({ organisation: 'all' }, 'm')).toEqual(wholeRegister)
  expect(readScoped({ import: 'i' }, 'm')).toEqual({ ...wholeRegister, import: 'i' })
})

it('the whole register has an empty address', () => {
  expect(writeQuery(wholeRegister)).toEqual({})
})

it('an address with unknown fields, verdicts, sorts and page sizes still opens', () => {
  const search = {
    'f.colour': 'red',
    'f.stage': 'flying',
    verdict: 'proceed,perhaps',
    sort: 'weather',
    limit: '7',
    order: 'up',
  }
  expect(readQuery(search)).toEqual({ ...wholeRegister, verdict: ['proceed'] })
})

it('a value may come as a repeated key or joined by commas', () => {
  expect(readQuery({ 'f.stage': ['idea', 'planning'] })).toEqual(readQuery({ 'f.stage': 'idea,planning' }))
})

it('changing what is shown goes back to the first page', () => {
  expect(changeQuery({ ...wholeRegister, cursor: 'abc' }, { q: '要約' })).toEqual({ ...wholeRegister, q: '要約' })
})

it('taking all conditions off keeps sort and page size', () => {
  const given: RegisterQuery = { ...wholeRegister, q: '要約', stale: true, sort: 'name', order: 'asc', limit: 20 }
  expect(withoutFilters(given, 'm')).toEqual({ ...registerOf('m'), sort: 'name', order: 'asc', limit: 20 })
  expect(writeFilter(withoutFilters(given, 'm'))).toEqual({ organisation: 'm' })
})

it('sort and page do not make another view', () => {
  const given: RegisterQuery = { ...wholeRegister, verdict: ['proceed'] }
  expect(sameFilter(given, { ...given, sort: 'name', cursor: 'x', limit: 100 })).toBe(true)
  expect(sameFilter(given, { ...given, stale: true })).toBe(false)
})
