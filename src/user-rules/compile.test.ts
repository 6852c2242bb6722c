import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { combine, compile, type CompiledRule, looserThan, type Rule } from './compile.ts'
import { arbitraryRule, arbitrarySetting } from './arbitrary.test-support.ts'
import { settingKinds, singlesOf } from './settings.ts'
import { isLooser, strictest } from './strictness.ts'

const settingsOf = (compiled: CompiledRule) => new Map(compiled.settings.map((s) => [s.key, s]))
const ministry = arbitraryRule('ministry')
const system = arbitraryRule('system')
const bytes = (compiled: CompiledRule) => JSON.stringify(compiled)

describe('compile', () => {
  it('loses no setting: each code of each is for the machine, for people, or in both', () => {
    fc.assert(
      fc.property(ministry, (rule) => {
        const compiled = compile(rule)
        const settings = settingsOf(compiled)
        for (const clause of rule.clauses.filter((c) => c.number !== null))
          for (const single of clause.settings.flatMap(singlesOf)) {
            const ours = (one: { clauseId: string }) => one.clauseId === clause.id
            const people = compiled.forPeople.filter((one) => ours(one) && one.key === single.key)
            const articles = settings.get(single.key)?.articles.filter(ours) ?? []
            if (people.some((one) => one.codes.length === 0)) continue
            const kept = [...articles.map((a) => a.value), ...people.map((one) => one.codes)]
            if (Array.isArray(single.value))
              for (const code of single.value)
                expect(kept.some((codes) => (codes as readonly string[]).includes(code))).toBe(true)
            else expect(articles.map((a) => a.value)).toContain(single.value)
          }
      }),
    )
  })

  it('lists every clause without settings for people', () => {
    fc.assert(
      fc.property(ministry, (rule) => {
        const bare = rule.clauses.filter((c) => c.number !== null && c.settings.length === 0).map((c) => c.id)
        const listed = compile(rule)
          .forPeople.filter((one) => one.reason === 'no-setting')
          .map((one) => one.clauseId)
        expect(new Set(listed)).toEqual(new Set(bare))
      }),
    )
  })

  it('says nothing of clauses that were taken out', () => {
    fc.assert(
      fc.property(ministry, (rule) => {
        const gone: Rule = { ...rule, clauses: rule.clauses.map((clause) => ({ ...clause, number: null })) }
        expect(compile(gone)).toMatchObject({ settings: [], forPeople: [] })
      }),
    )
  })

  it('gives the same bytes whatever the order of clauses and settings', () => {
    fc.assert(
      fc.property(ministry, (rule) => {
        const turned = {
          ...rule,
          clauses: rule.clauses.map((c) => ({ ...c, settings: c.settings.toReversed() })).toReversed(),
        }
        expect(bytes(compile(turned))).toBe(bytes(compile(rule)))
      }),
    )
  })

  it('of several articles gives the strictest, and lets through nothing that one of them does not', () => {
    fc.assert(
      fc.property(ministry, (rule) => {
        for (const { kind, value, articles } of compile(rule).settings)
          for (const article of articles) expect(isLooser(kind, value, article.value)).toBe(false)
      }),
    )
  })
})

describe('ministry and system together', () => {
  it('does not matter in which order or how often they are put together', () => {
    fc.assert(
      fc.property(ministry, system, arbitraryRule('system', 2), (a, b, c) => {
        const [x, y, z] = [compile(a), compile(b), compile(c)] as const
        expect(bytes(combine(x, y))).toBe(bytes(combine(y, x)))
        expect(bytes(combine(combine(x, y), z))).toBe(bytes(combine(x, combine(y, z))))
        expect(bytes(combine(combine(x, y), y))).toBe(bytes(combine(x, y)))
        expect(bytes(combine(x, x))).toBe(bytes(x))
      }),
    )
  })

  it('finds a system looser exactly where the two together give another value than the system alone', () => {
    fc.assert(
      fc.property(ministry, system, (a, b) => {
        const [x, y] = [compile(a), compile(b)] as const
        const looser = new Set(looserThan(y, x).map(({ key }) => key))
        const [own, both, above] = [settingsOf(y), settingsOf(combine(x, y)), settingsOf(x)]
        for (const [key, { kind, value, articles }] of own) {
          if (!above.has(key) || settingKinds[kind].holds === 'added') continue
          // Of one article: with several, the strictest of them may hide that another one is looser.
          if (articles.length > 1 || above.get(key)!.articles.length > 1) continue
          expect(looser.has(key)).toBe(JSON.stringify(both.get(key)!.value) !== JSON.stringify(value))
        }
      }),
    )
  })

  it('names both articles where a system is looser', () => {
    const of = (level: 'ministry' | 'system', number: number, value: 'mask' | 'allow'): Rule => ({
      rule: { id: `00000000-0000-7000-8000-00000000000${number}`, level },
      number: 1,
      digest: '',
      clauses: [
        {
          id: 'u-06',
          number,
          heading: { ja: '個人情報', en: 'Personal' },
          settings: [{ kind: 'personal-data', service: 'contracted', category: 'name', value, provenance: 'own' }],
        },
      ],
    })
    expect(looserThan(compile(of('system', 5, 'allow')), compile(of('ministry', 6, 'mask')))).toMatchObject([
      { key: 'personal-data/contracted/name', system: { number: 5 }, ministry: { number: 6 } },
    ])
    expect(looserThan(compile(of('system', 5, 'mask')), compile(of('ministry', 6, 'allow')))).toEqual([])
  })
})

describe('the stricter of two values', () => {
  it('is never looser than either, and is the same in any order', () => {
    fc.assert(
      fc.property(arbitrarySetting, arbitrarySetting, (a, b) => {
        fc.pre(a.kind === b.kind)
        const both = strictest(a.kind, a.value, b.value)
        expect(isLooser(a.kind, both, a.value) || isLooser(a.kind, both, b.value)).toBe(false)
        expect(new Set([both].flat())).toEqual(new Set([strictest(a.kind, b.value, a.value)].flat()))
      }),
    )
  })
})
