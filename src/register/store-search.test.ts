import fc from 'fast-check'
import { expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import { facetFieldIds, facetValues, filterOf, type FilterQuery, type ListQuery, sorts } from '#register/api-filter.ts'
import { fieldOf } from '#register/fields.ts'
import { countListed, listUses } from '#register/list-uses.ts'
import type { Facts } from '#register/model.ts'
import { findAll } from '#register/store-search.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

const kana = Array.from(
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴパピプペポ',
)
const half: Record<string, string> = {
  ガ: 'ｶﾞ',
  ギ: 'ｷﾞ',
  グ: 'ｸﾞ',
  ゲ: 'ｹﾞ',
  ゴ: 'ｺﾞ',
  パ: 'ﾊﾟ',
  ピ: 'ﾋﾟ',
  プ: 'ﾌﾟ',
  ペ: 'ﾍﾟ',
  ポ: 'ﾎﾟ',
}
const halfOf = (c: string) => half[c] ?? Array.from('ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ')[kana.indexOf(c)]!
const hiragana = (c: string) => String.fromCharCode(c.charCodeAt(0) - 0x60)
/** The same character as people type it: katakana, hiragana, half width; Latin in any case and width. */
const written = (c: string): string[] =>
  kana.includes(c)
    ? [c, hiragana(c), halfOf(c)]
    : /[a-z]/i.test(c)
      ? [c.toLowerCase(), c.toUpperCase(), String.fromCharCode(c.toUpperCase().charCodeAt(0) + 0xfee0)]
      : [c]

onEachEngine('The list of uses', (database) => {
  const start = async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const bureau = await make.organisation(db, '情報局', ministry)
    const other = await make.organisation(db, 'みどり庁')
    const actor = await make.person(db, ministry)
    return { db, deps: { db, may }, tx: txOn(database()), ministry, bureau, other, actor }
  }
  type Start = Awaited<ReturnType<typeof start>>

  /** Every page from the first to the last, and back again. */
  const walk = async (s: Start, query: FilterQuery, sort: ListQuery['sort'], order: 'asc' | 'desc', limit: number) => {
    const there: string[] = []
    const back: string[] = []
    const ask = (cursor?: string) =>
      listUses(s.deps, s.actor, {
        ...query,
        sort,
        order,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      } as unknown as ListQuery)
    let page = await ask()
    expect(page.previous).toBeNull()
    for (;;) {
      there.push(...page.items.map((row) => row.useId))
      if (page.next === null) break
      page = await ask(page.next)
    }
    for (;;) {
      back.unshift(...page.items.map((row) => row.useId))
      if (page.previous === null) break
      page = await ask(page.previous)
    }
    return { there, back }
  }

  const anyRow = fc.record({
    name: fc.constantFrom('申請書の要約', '議事録作成', 'AI-OCR', '窓口案内'),
    stage: fc.constantFrom('idea', 'planning', 'operation', undefined),
    users: fc.constantFrom('own-ministry', 'citizens-outside', undefined),
    place: fc.constantFrom('ministry', 'bureau', 'other'),
  })

  it('shows each use found exactly once, there and back, under every sort, with ties, and the count is its length', async () => {
    const queries: FilterQuery[] = [
      {},
      { 'f.stage': 'idea,unanswered' },
      { 'f.users-kind': 'citizens-outside', 'f.stage': 'operation' },
      { q: '要約' },
      { q: 'ｏｃｒ', 'f.users-kind': 'unanswered' },
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 24 }), fc.constantFrom(...queries), async (rows, query) => {
        const s = await start()
        const before = new Set(await findAll(s.db, filterOf({}), 10_000))
        await store(
          s.tx,
          s.actor,
          rows.map((row) =>
            aSystem(
              s[row.place as 'ministry' | 'bureau' | 'other'],
              { name: { value: row.name }, ...(row.stage === undefined ? {} : { stage: { value: row.stage } }) },
              row.users === undefined ? {} : { 'users-kind': { value: row.users } },
            ),
          ),
        )
        const wanted = (await findAll(s.db, filterOf(query), 10_000)).toSorted()
        expect((await countListed(s.deps, s.actor, query)).count).toBe(wanted.length)
        for (const sort of sorts)
          for (const order of ['asc', 'desc'] as const) {
            const { there, back } = await walk(s, query, sort, order, 7)
            expect(there.toSorted()).toEqual(wanted)
            expect(back).toEqual(there)
          }
        expect(before.size).toBeLessThanOrEqual((await countListed(s.deps, s.actor, {})).total)
      }),
      { numRuns: 6 },
    )
  })

  it('is in the order asked for: stages as they follow each other, not reported ones last', async () => {
    const s = await start()
    const stages = ['retired', 'idea', undefined, 'operation', 'build-test', 'planning']
    await store(
      s.tx,
      s.actor,
      stages.map((stage) => aSystem(s.ministry, stage === undefined ? {} : { stage: { value: stage } })),
    )
    const page = await listUses(s.deps, s.actor, { sort: 'stage', limit: 50 } as unknown as ListQuery)
    expect(page.items.map((row) => ('value' in row.stage ? row.stage.value : row.stage.absent))).toEqual([
      'idea',
      'planning',
      'build-test',
      'operation',
      'retired',
      'unanswered',
    ])
  })

  it('sorts names by their reading where there is one', async () => {
    const s = await start()
    const named = (name: string, reading: string) =>
      aSystem(s.ministry, { name: { value: name }, 'name-reading': { value: reading } })
    await store(s.tx, s.actor, [named('議事録', 'ぎじろく'), named('案内', 'アンナイ'), named('要約', 'ようやく')])
    const page = await listUses(s.deps, s.actor, { sort: 'name', limit: 50 } as unknown as ListQuery)
    expect(page.items.map((row) => row.name)).toEqual(['案内', '議事録', '要約'])
  })

  it('keeps a value, each reason for its absence and no answer apart in every filter', async () => {
    const s = await start()
    const states: Facts[] = [
      { ismap: { value: 'listed' } },
      { ismap: { absent: 'unknown' } },
      { ismap: { absent: 'not-applicable' } },
      { ismap: { absent: 'withheld' } },
      { ismap: { absent: 'waived', by: '統括責任者', why: '試行' } },
      {},
    ]
    await store(
      s.tx,
      s.actor,
      states.map((facts) => aSystem(s.ministry, facts)),
    )
    for (const value of ['listed', 'unknown', 'not-applicable', 'withheld', 'waived', 'unanswered'])
      expect([value, (await countListed(s.deps, s.actor, { 'f.ismap': value })).count]).toEqual([value, 1])
    expect((await countListed(s.deps, s.actor, { 'f.ismap': 'unknown,unanswered' })).count).toBe(2)
    expect((await countListed(s.deps, s.actor, { 'f.hosting-country': 'unanswered' })).count).toBe(6)
  })

  it('finds a use by every two characters of its name, whatever their width, case or kana', async () => {
    const s = await start()
    const letters = [...kana, ...'生成申請書要約翻訳窓口AIocrXyz'.split('')]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...letters), { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        async (name, at, pick) => {
          const [stored] = await store(s.tx, s.actor, [aSystem(s.ministry, { name: { value: name.join('') } })])
          const from = at % (name.length - 1)
          const q = name
            .slice(from, from + 2)
            .map((c) => written(c)[pick % written(c).length])
            .join('')
          expect([q, await findAll(s.db, filterOf({ q }), 10_000)]).toEqual([
            q,
            expect.arrayContaining([stored!.useId]),
          ])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('finds one character, several words in any place, suppliers and models, and takes signs as they are', async () => {
    const s = await start()
    const [stored] = await store(s.tx, s.actor, [
      {
        ...aSystem(s.ministry, { name: { value: '港湾統計100%点検_甲' } }),
        supplierName: '株式会社青空システムズ',
        modelNames: ['Aozora-LM 3'],
      },
      aSystem(s.ministry, { name: { value: '議事録作成' } }),
    ])
    for (const q of ['港', '点検 青空', '湾統', 'ａｏｚｏｒａ', '100%', '_甲', stored!.number, '通知　港湾'])
      expect([q, await findAll(s.db, filterOf({ q }), 10)]).toEqual([q, [stored!.useId]])
    for (const q of ['湾計', '0%点_', '青空港湾', '%%'])
      expect([q, await findAll(s.db, filterOf({ q }), 10)]).toEqual([q, []])
  })

  it('finds an organisation with all that lies below it, and nothing beside it', async () => {
    const s = await start()
    await store(s.tx, s.actor, [aSystem(s.ministry), aSystem(s.bureau), aSystem(s.other)])
    const count = async (organisation: string) => countListed(s.deps, s.actor, { organisation, q: '庁内' })
    expect(await count(s.ministry.id)).toEqual({ count: 2, total: 2 })
    expect(await count(s.bureau.id)).toEqual({ count: 1, total: 1 })
    const page = await listUses(s.deps, s.actor, {
      organisation: s.ministry.id,
      sort: 'organisation',
      limit: 50,
    } as unknown as ListQuery)
    expect(page.items.map((row) => row.organisation.id)).toEqual([s.ministry.id, s.bureau.id])
  })

  it('finds the rare rows of a long list too, at both of its ends', async () => {
    const s = await start()
    const rare = (n: number) => n === 0 || n === 1599
    await store(
      s.tx,
      s.actor,
      Array.from({ length: 1600 }, (_, n) =>
        aSystem(s.ministry, {
          name: { value: `文書 ${String(n).padStart(4, '0')}` },
          ...(rare(n) ? { ismap: { value: 'listed' } } : {}),
        }),
      ),
    )
    for (const order of ['asc', 'desc'] as const) {
      const { there, back } = await walk(s, { 'f.ismap': 'listed' }, 'name', order, 1)
      expect([there.length, back]).toEqual([2, there])
      const page = await listUses(s.deps, s.actor, {
        'f.ismap': 'listed',
        sort: 'name',
        order,
        limit: 50,
      } as unknown as ListQuery)
      expect(page.items.map((row) => row.name)).toEqual(
        order === 'asc' ? ['文書 0000', '文書 1599'] : ['文書 1599', '文書 0000'],
      )
    }
    const worded = await listUses(s.deps, s.actor, {
      q: '文書１５９９',
      sort: 'name',
      limit: 50,
    } as unknown as ListQuery)
    expect(worded.items.map((row) => row.name)).toEqual(['文書 1599'])
  })

  it('refuses a cursor that is none, or of a list in another order', async () => {
    const s = await start()
    await store(s.tx, s.actor, [aSystem(s.ministry), aSystem(s.ministry)])
    const page = await listUses(s.deps, s.actor, { sort: 'name', limit: 1 } as unknown as ListQuery)
    for (const [sort, cursor] of [
      ['updated', page.next!],
      ['name', 'xx'],
    ] as const)
      await expect(listUses(s.deps, s.actor, { sort, limit: 1, cursor } as unknown as ListQuery)).rejects.toMatchObject(
        {
          code: 'bad-input',
        },
      )
  })
})

it('A list can be filtered by every coded field and by every field that is reported or not', () => {
  for (const id of facetFieldIds) {
    const group = filterOf({ [`f.${id}`]: facetValues(id).join(',') }).anyOf
    expect(group).toHaveLength(1)
    expect(group[0]!.length).toBe((fieldOf(id).codes?.length ?? 1) + 5)
  }
})
