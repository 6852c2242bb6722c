import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { isOwnPath, paths } from './paths.ts'
import { listOf, oneOf, parseSearch, stringifySearch } from './search.ts'

describe('addresses', () => {
  test('every address of the app, approved as a whole', () => {
    expect({
      overview: paths.overview(),
      register: paths.register({ q: '要約', verdict: ['proceed', 'not-reported'], cursor: undefined, sort: '' }),
      registerNew: paths.registerNew(),
      models: paths.models(),
      system: paths.system('s 1'),
      systemEdit: paths.systemEdit('s1'),
      systemHistory: paths.systemHistory('s1'),
      useFinder: paths.useFinder('u1'),
      finder: paths.finder(),
      imports: paths.imports(),
      importNew: paths.importNew(),
      import: paths.import('i1'),
      notReported: paths.notReported(),
      catalogs: paths.catalogs(),
      catalog: paths.catalog('ds-920', '1.0'),
      catalogList: paths.catalogList('ds-920', '1.0', 'procurement-checks'),
      people: paths.people({ q: '田中' }),
      person: paths.person('p1'),
      organisations: paths.organisations(),
      log: paths.log(),
      signIn: paths.signIn({ next: '/register?q=a' }),
      notices: paths.notices(),
      jobs: paths.jobs(),
      webhooks: paths.webhooks(),
      aboutDemo: paths.aboutDemo(),
    }).toMatchInlineSnapshot(`
      {
        "aboutDemo": "/about-demo",
        "catalog": "/catalogs/ds-920/1.0",
        "catalogList": "/catalogs/ds-920/1.0/procurement-checks",
        "catalogs": "/catalogs",
        "finder": "/finder",
        "import": "/imports/i1",
        "importNew": "/imports/new",
        "imports": "/imports",
        "jobs": "/jobs",
        "log": "/log",
        "models": "/models",
        "notReported": "/not-reported",
        "notices": "/notices",
        "organisations": "/organisations",
        "overview": "/",
        "people": "/people?q=%E7%94%B0%E4%B8%AD",
        "person": "/people/p1",
        "register": "/register?q=%E8%A6%81%E7%B4%84&verdict=proceed&verdict=not-reported",
        "registerNew": "/register/new",
        "signIn": "/sign-in?next=%2Fregister%3Fq%3Da",
        "system": "/systems/s%201",
        "systemEdit": "/systems/s1/edit",
        "systemHistory": "/systems/s1/history",
        "useFinder": "/uses/u1/finder",
        "webhooks": "/webhooks",
      }
    `)
  })
  test('an address to come back to never leads to another host', () => {
    expect(isOwnPath('/register?q=a')).toBe(true)
    for (const bad of [
      '',
      'register',
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
    ]) {
      expect(isOwnPath(bad)).toBe(false)
    }
  })
})

describe('the part after the question mark', () => {
  test('is words: nothing is read as a number, a truth value or JSON', () => {
    expect(parseSearch('?q=007&a=true&b=%7B%7D')).toEqual({ q: '007', a: 'true', b: '{}' })
  })
  test('whatever is written is read again the same', () => {
    const value = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed())
    const several = fc.array(value, { minLength: 2 })
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z.-]{1,8}$/), fc.oneof(value, several)), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual({ ...search })
      }),
    )
  })
  test('one and several values are read where either is expected', () => {
    expect([oneOf({ a: ['x', 'y'] }, 'a'), oneOf({}, 'a'), oneOf({ a: 'x' }, 'a')]).toEqual(['x', '', 'x'])
    expect([listOf({ a: 'x' }, 'a'), listOf({}, 'a')]).toEqual([['x'], []])
  })
})
