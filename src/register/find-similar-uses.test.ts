import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import { similarUseSchema } from '#register/api.ts'
import { findSimilarUses } from '#register/find-similar-uses.ts'
import { compareUses, likeness } from '#register/similarity.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

const flat = () => 1
const words = fc
  .array(fc.constantFrom('申請', '要約', '翻訳', '窓口', '議事録', 'AI', '支援'), { minLength: 1, maxLength: 5 })
  .map((w) => w.join(''))

describe('How alike two uses are', () => {
  it('is between 0 and 1, the same both ways round, and 1 of a text with itself', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(likeness(a, b, flat)).toBeGreaterThanOrEqual(0)
        expect(likeness(a, b, flat)).toBeLessThanOrEqual(1)
        expect(likeness(a, b, flat)).toBeCloseTo(likeness(b, a, flat))
        expect(likeness(a, a, flat)).toBe(1)
      }),
    )
  })

  it('puts an identical name above every other one', () => {
    const use = (name: string, purpose: string) => ({ name, purpose, supplier: 's', models: ['m'] })
    fc.assert(
      fc.property(words, words, words, (name, other, purpose) => {
        fc.pre(name !== other)
        const asked = use(name, purpose)
        const same = compareUses(asked, { ...use(name, ''), supplier: undefined, models: [] }, flat)
        expect(same.because).toContain('name')
        expect(same.score).toBeGreaterThan(compareUses(asked, use(other, purpose), flat).score)
      }),
    )
  })
})

onEachEngine('Similar uses', (database) => {
  const start = async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const bureau = await make.organisation(db, '情報局', ministry)
    const other = await make.organisation(db, 'みどり庁')
    return {
      db,
      deps: { db, may },
      tx: txOn(database()),
      ministry,
      bureau,
      other,
      actor: await make.person(db, ministry),
    }
  }

  it('show the one of the same name first, own or of another, whatever else is there', async () => {
    const s = await start()
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { minLength: 1, maxLength: 12 }),
        words,
        fc.nat(),
        async (names, purpose, at) => {
          const stored = await store(
            s.tx,
            s.actor,
            names.map((name, i) =>
              aSystem(
                i % 2 === 0 ? s.bureau : s.other,
                { name: { value: name }, 'name-reading': { value: 'よみ' } },
                { purpose: { value: purpose } },
              ),
            ),
          )
          const name = names[at % names.length]!
          const [first] = await findSimilarUses(s.deps, s.actor, { name: name.toLowerCase(), purpose: '別の目的' })
          expect(first!.name.toLowerCase()).toBe(name.toLowerCase())
          expect(stored.length).toBe(names.length)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('say what is alike, whose they are, and nothing of those that are not', async () => {
    const s = await start()
    const [known] = await store(s.tx, s.actor, [
      {
        ...aSystem(
          s.other,
          { name: { value: '申請書要約システム' }, 'reuse-by-others': { value: 'yes' } },
          { purpose: { value: '申請書を短くまとめる。' } },
        ),
        supplierName: '青空',
      },
      aSystem(s.ministry, { name: { value: '河川水位の予測' } }, { purpose: { value: '水位の変化を見る。' } }),
    ])
    const found = await findSimilarUses(s.deps, s.actor, { name: '申請書の要約', purpose: '申請書を短くまとめる。' })
    expect(found.map((use) => similarUseSchema.parse(use))).toEqual(found)
    expect(found.map((use) => use.useId)).toEqual([known!.useId])
    expect(found[0]).toMatchObject({ sameMinistry: false, reuse: { value: 'yes' }, verdict: 'not-reported' })
    expect(found[0]!.because).toEqual(['name', 'purpose'])
    const ownView = await findSimilarUses(s.deps, s.actor, { name: '河川水位予測', organisationId: s.bureau.id })
    expect(ownView[0]).toMatchObject({ sameMinistry: true })
  })

  it('leave out the system that is being edited, and need no name at all', async () => {
    const s = await start()
    const [known] = await store(s.tx, s.actor, [aSystem(s.ministry)])
    const name = '庁内文書要約支援'
    expect(await findSimilarUses(s.deps, s.actor, { name })).toHaveLength(1)
    expect(await findSimilarUses(s.deps, s.actor, { name, exceptSystemId: known!.systemId })).toEqual([])
    expect(await findSimilarUses(s.deps, s.actor, { name: '', purpose: '' })).toEqual([])
  })
})
