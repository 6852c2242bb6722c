import fc from 'fast-check'
import { type Catalog, type Goto, type Question, catalogSchema } from './model.ts'
import type { Cond, Num } from './model-expressions.ts'

/** Catalogs by chance: small enough that every completion can be judged one by one. */
const said = (words: string): { en: string } => ({ en: words })
const weight = fc.constantFrom(-1, 0, 0.1, 0.5, 1, 2, 3)
const weights = fc.option(fc.dictionary(fc.constantFrom('s0', 's1'), weight, { maxKeys: 2 }), { nil: undefined })
const labels = fc.option(fc.subarray(['l0', 'l1'], { minLength: 1 }), { nil: undefined, freq: 3 })
const clean = <T extends object>(item: T): T =>
  Object.fromEntries(Object.entries(item).filter(([, v]) => v !== undefined)) as T

const optionOf = (id: string) => fc.record({ weights, labels }).map((o) => clean({ id, title: said(id), ...o }))
const optional = fc.constantFrom(true, undefined, undefined)

function questionOf(id: string): fc.Arbitrary<Question> {
  const single = fc
    .record({ options: fc.tuple(optionOf('a'), optionOf('b'), optionOf('c')), optional })
    .map((q) => ({ id, kind: 'single' as const, title: said(id), ...q }))
  const multiple = fc
    .record({ options: fc.tuple(optionOf('a'), optionOf('b'), optionOf('c')), optional, alone: fc.boolean() })
    .map(({ options, alone, ...q }) => ({
      id,
      kind: 'multiple' as const,
      title: said(id),
      ...q,
      options: options.map((o, i) => (alone && i === 2 ? { ...o, exclusive: true as const } : o)),
    }))
  const byBands = fc.constant({
    bands: [
      { to: 0, points: 0 },
      { above: 0, below: 2, points: 1 },
      { from: 2, points: 3 },
    ],
  })
  const number = fc
    .record({
      optional,
      weights: fc.option(
        fc.dictionary(
          fc.constantFrom('s0', 's1'),
          fc.oneof(
            weight.map((w) => ({ 'per-unit': w })),
            byBands,
          ),
          { maxKeys: 1 },
        ),
        { nil: undefined },
      ),
    })
    .map((q) => ({ id, kind: 'number' as const, title: said(id), min: -1, max: 3, integer: true, ...q }))
  const date = optional.map((o) => ({ id, kind: 'date' as const, title: said(id), optional: o }))
  const text = optional.map((o) => ({ id, kind: 'text' as const, title: said(id), optional: o }))
  return fc
    .oneof(
      { arbitrary: single, weight: 5 },
      { arbitrary: multiple, weight: 3 },
      { arbitrary: number, weight: 2 },
      { arbitrary: date, weight: 1 },
      { arbitrary: text, weight: 1 },
    )
    .map((q) => clean(q) as Question)
}

const option = fc.constantFrom('a', 'b', 'c')
function testFor(q: Question): fc.Arbitrary<Cond> {
  const question = q.id
  const answered = fc.boolean().map((a): Cond => ({ question, answered: a }))
  const own: Record<Question['kind'], fc.Arbitrary<Cond>> = {
    single: fc.uniqueArray(option, { minLength: 1, maxLength: 2 }).map((is) => ({ question, is })),
    multiple: fc.oneof(
      option.map((has) => ({ question, has })),
      fc.uniqueArray(option, { minLength: 1 }).map((has) => ({ question, 'has-any': has })),
      fc.uniqueArray(option, { minLength: 1 }).map((has) => ({ question, 'has-all': has })),
    ),
    number: fc
      .tuple(
        fc.constantFrom('equals', 'at-least', 'more-than', 'at-most', 'less-than'),
        fc.integer({ min: -1, max: 3 }),
      )
      .map(([t, n]) => ({ question, [t]: n })),
    date: fc
      .tuple(
        fc.constantFrom('before', 'on-or-before', 'after', 'on-or-after'),
        fc.constantFrom('2025-01-01', '2025-07-01'),
      )
      .map(([t, d]) => ({ question, [t]: d })),
    text: fc.constant({ question, equals: 'x' }),
  }
  return fc.oneof({ arbitrary: own[q.kind], weight: 4 }, { arbitrary: answered, weight: 1 })
}

function num(questions: readonly Question[], values: readonly string[], depth = 2): fc.Arbitrary<Num> {
  const numbers = questions.filter((q) => q.kind === 'number').map((q) => q.id)
  const leaves: fc.Arbitrary<Num>[] = [
    fc.constantFrom(0, 0.3, 1, 2, 0.85),
    fc.constantFrom('s0', 's1').map((score) => ({ score })),
    fc.constantFrom('s0', 's1').map((maximum) => ({ maximum })),
  ]
  if (numbers.length > 0) leaves.push(fc.constantFrom(...numbers).map((answer) => ({ answer })))
  if (questions.length > 0)
    leaves.push(fc.constantFrom(...questions.map((q) => q.id)).map((points) => ({ points, in: 's0' })))
  if (values.length > 0) leaves.push(fc.constantFrom(...values).map((value) => ({ value })))
  if (depth === 0 || questions.length === 0) return fc.oneof(...leaves)
  const inner = num(questions, values, depth - 1)
  const pair = fc.tuple(inner, inner)
  const cond = simple(questions)
  return fc.oneof(
    ...leaves,
    pair.map((sum): Num => ({ sum })),
    pair.map((product): Num => ({ product })),
    pair.map((difference): Num => ({ difference })),
    pair.map((quotient): Num => ({ quotient })),
    pair.map((min): Num => ({ min })),
    pair.map((max): Num => ({ max })),
    fc.array(cond, { minLength: 1, maxLength: 3 }).map((count): Num => ({ count })),
    fc.tuple(cond, inner, inner).map(([c, yes, no]): Num => ({ if: c, then: yes, else: no })),
    fc
      .tuple(
        inner,
        fc.constantFrom('half-up', 'half-even', 'half-down', 'up', 'down', 'floor', 'ceiling'),
        fc.constantFrom(0, 1),
      )
      .map(([round, mode, digits]): Num => ({ round, mode, digits }) as Num),
  )
}

function simple(questions: readonly Question[], depth = 1): fc.Arbitrary<Cond> {
  const leaf = fc.oneof(...questions.map(testFor))
  if (depth === 0) return leaf
  const inner = simple(questions, depth - 1)
  return fc.oneof(
    { arbitrary: leaf, weight: 3 },
    { arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((all): Cond => ({ all })), weight: 1 },
    { arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((any): Cond => ({ any })), weight: 1 },
    { arbitrary: inner.map((c): Cond => ({ not: c })), weight: 1 },
  )
}
function condition(
  questions: readonly Question[],
  values: readonly string[],
  tables: readonly string[],
): fc.Arbitrary<Cond> {
  const comparison = fc
    .tuple(
      num(questions, values),
      fc.constantFrom('equals', 'at-least', 'more-than', 'at-most', 'less-than'),
      fc.constantFrom(0, 0.3, 1, 2),
    )
    .map(([expr, t, n]): Cond => ({ expr, [t]: n }) as Cond)
  const more: fc.Arbitrary<Cond>[] = [
    comparison,
    fc.constantFrom('l0', 'l1').map((label): Cond => ({ label })),
    fc.constantFrom('b0', 'b1', 'b2').map((is): Cond => ({ level: 'level', is })),
    fc.constantFrom('b1', 'b2').map((b): Cond => ({ level: 'level', 'at-least': b })),
  ]
  if (tables.length > 0) more.push(fc.constantFrom(...tables).map((table): Cond => ({ table, gives: 'strict' })))
  const leaf = fc.oneof({ arbitrary: simple(questions), weight: 3 }, ...more)
  return fc.oneof(
    leaf,
    fc.tuple(leaf, leaf).map((all): Cond => ({ all })),
    fc.tuple(leaf, leaf).map((any): Cond => ({ any })),
    leaf.map((c): Cond => ({ not: c })),
  )
}

const results = ['strict', 'middle', 'light']
function tableOf(
  id: string,
  questions: readonly Question[],
  values: readonly string[],
  tables: readonly string[],
): fc.Arbitrary<object> {
  const rule = (r: number) =>
    fc
      .record({ when: condition(questions, values, tables), gives: fc.constantFrom(...results) })
      .map((x) => ({ id: `r${r}`, title: said(`r${r}`), duties: ['d0'].slice(r % 2), ...x }))
  return fc
    .tuple(
      fc.constantFrom('first', 'collect'),
      fc.tuple(rule(0), rule(1), rule(2)),
      fc.constantFrom(true, true, true, false),
    )
    .map(([hit, rules, otherwise]) => ({
      id,
      title: said(id),
      hit,
      // Something gives each result, so that conditions on results always name one that can come.
      rules: [
        ...rules,
        ...results.map((gives) => ({
          id: `also-${gives}`,
          title: said(gives),
          when: { all: [rules[0].when, { not: rules[0].when }] },
          gives,
        })),
      ],
      ...(otherwise ? { otherwise: { id: 'otherwise', title: said('otherwise'), gives: 'light' } } : {}),
    }))
}

/** A tree of questions t0, t1, … that lead forward only. */
function treeOf(count: number): fc.Arbitrary<Question[]> {
  const target = (from: number): fc.Arbitrary<object> =>
    from + 1 < count
      ? fc.oneof(
          fc.integer({ min: from + 1, max: count - 1 }).map((n) => ({ question: `t${n}` })),
          fc.constantFrom(...results).map((outcome) => ({ outcome })),
        )
      : fc.constantFrom(...results).map((outcome) => ({ outcome }))
  const when = (i: number): fc.Arbitrary<Cond> =>
    fc.oneof(
      fc.constantFrom('l0', 'l1').map((label): Cond => ({ label })),
      fc.constantFrom('l0', 'l1').map((label): Cond => ({ not: { label } })),
      fc.tuple(fc.integer({ min: 0, max: i }), option).map(([n, is]): Cond => ({ question: `t${n}`, is })),
      option.map((is): Cond => ({ question: 'q0', is })),
      fc.constantFrom(0, 1, 2).map((n): Cond => ({ expr: { score: 's0' }, 'at-least': n })),
    )
  const goto = (i: number): fc.Arbitrary<Goto> =>
    fc.oneof(
      target(i).map((t) => [t] as unknown as Goto),
      fc.tuple(when(i), target(i), target(i)).map(([c, a, b]) => [{ when: c, ...a }, b] as unknown as Goto),
    )
  const questions = Array.from({ length: count }, (_, i) =>
    fc
      .record({
        options: fc.tuple(optionOf('a'), optionOf('b'), optionOf('c')),
        own: fc.tuple(goto(i), goto(i)),
        goto: goto(i),
      })
      .map(({ options, own, goto: last }): Question => ({
        id: `t${i}`,
        kind: 'single',
        title: said(`t${i}`),
        goto: last,
        options: options.map((o, k) => (k < 2 ? { ...o, goto: own[k]! } : o)),
      })),
  )
  return fc.tuple(...questions)
}

type Parts = { questions: Question[]; values: object[]; tables: object[]; decide: object; share: boolean }
const header = {
  format: 'tenbin-catalog/1',
  id: 'by-chance',
  edition: '1',
  languages: ['en'],
  title: said('By chance'),
  publisher: said('Nobody'),
  provenance: 'preset',
  sources: [],
  scores: [
    { id: 's0', title: said('s0') },
    { id: 's1', title: said('s1'), combine: 'max' },
  ],
  labels: ['l0', 'l1'].map((id) => ({ id, title: said(id) })),
  duties: [
    { id: 'd0', title: said('d0') },
    { id: 'd1', title: said('d1'), when: { label: 'l0' } },
  ],
  outcomes: results.map((id, i) => ({ id, title: said(id), strictness: 3 - i, duties: ['d1'].slice(i > 0 ? 1 : 0) })),
}
function build(p: Parts): Catalog {
  const bands = [
    { id: 'b0', title: said('b0'), to: p.share ? 0.25 : 1, outcome: 'light' },
    { id: 'b1', title: said('b1'), above: p.share ? 0.25 : 1, below: p.share ? 0.75 : 2, outcome: 'middle' },
    { id: 'b2', title: said('b2'), from: p.share ? 0.75 : 2, outcome: 'strict' },
  ]
  const level = {
    id: 'level',
    title: said('level'),
    of: { score: 's0' },
    ...(p.share ? { 'share-of': { maximum: 's0' } } : {}),
    bands,
  }
  return catalogSchema.parse({
    ...header,
    levels: [level],
    questions: p.questions,
    values: p.values,
    tables: p.tables,
    decide: p.decide,
  })
}

const plain: fc.Arbitrary<Catalog> = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.boolean()).chain(([count, share]) =>
  fc.tuple(...Array.from({ length: count }, (_, i) => questionOf(`q${i}`))).chain((questions) =>
    fc
      .record({
        shows: fc.tuple(
          ...questions.map((_, i) =>
            i === 0 ? fc.constant(undefined) : fc.option(simple(questions.slice(0, i)), { nil: undefined, freq: 1 }),
          ),
        ),
        values: fc.tuple(num(questions, []), num(questions, ['v0'])),
        tables: fc.tuple(tableOf('t-a', questions, ['v0', 'v1'], []), tableOf('t-b', questions, ['v0', 'v1'], ['t-a'])),
        decide: fc.constantFrom({ table: 't-a' }, { table: 't-b' }, { level: 'level' }),
      })
      .map(({ shows, values, tables, decide }) =>
        build({
          questions: questions.map((q, i) => clean({ ...q, 'show-when': shows[i] })),
          values: values.map((expr, i) => ({ id: `v${i}`, expr })),
          tables: [...tables],
          decide,
          share,
        }),
      ),
  ),
)
const trees: fc.Arbitrary<Catalog> = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.boolean()).chain(([count, share]) =>
  fc.tuple(treeOf(count), fc.tuple(optionOf('a'), optionOf('b'), optionOf('c'))).map(([tree, options]) =>
    build({
      questions: [{ id: 'q0', kind: 'single', title: said('q0'), options }, ...tree],
      values: [],
      tables: [],
      decide: { tree: 't0' },
      share,
    }),
  ),
)

export const arbitraryCatalog: fc.Arbitrary<Catalog> = fc.oneof(
  { arbitrary: plain, weight: 3 },
  { arbitrary: trees, weight: 1 },
)
