import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Catalog, cannotDecide, catalogSchema } from './model.ts'
import type { Answers } from './model-result.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { checkMeaning } from './check-meaning.ts'
import { checkReferences } from './check-references.ts'
import { arbitraryCatalog } from './arbitrary.test-support.ts'
import { completions, judge } from './oracle.test-support.ts'

/** A catalog by chance and answers to some of its questions by chance. */
const situation = arbitraryCatalog.chain((catalog) =>
  fc.record({ catalog: fc.constant(catalog).map(printable), answers: someAnswers(catalog) }),
)
/** A counterexample is read by a person: the catalog once, as one line. */
function printable(catalog: Catalog): Catalog {
  return Object.defineProperty({ ...catalog }, fc.toStringMethod, {
    value: () =>
      JSON.stringify({ ...catalog, duties: 0, outcomes: 0, labels: 0 }, (key, v) => (key === 'title' ? undefined : v)),
  })
}
function someAnswers(catalog: Catalog): fc.Arbitrary<Answers> {
  const each = catalog.questions.map((q) => {
    const all = completions(q)
    return fc.option(fc.constantFrom(...all, { unknown: true as const }), { nil: undefined, freq: 2 })
  })
  return fc
    .tuple(...each)
    .map(
      (values) =>
        Object.fromEntries(
          values.flatMap((v, i) => (v === undefined ? [] : [[catalog.questions[i]!.id, v]])),
        ) as Answers,
    )
}
/** All full sets of answers that agree with those given; undefined when they are too many to look at. */
function allCompletions(catalog: Catalog, answers: Answers): Answers[] | undefined {
  let sets: Answers[] = [{}]
  for (const q of catalog.questions) {
    const given = answers[q.id]
    const open = typeof given === 'object' && 'unknown' in given
    const values =
      given !== undefined && !open ? [given] : given === undefined && q.optional ? [undefined] : completions(q)
    sets = sets.flatMap((set) => values.map((v) => (v === undefined ? set : { ...set, [q.id]: v })))
    if (sets.length > 600) return undefined
  }
  return sets
}
const runs = { numRuns: 200 }

describe('for any catalog and any answers', () => {
  test('the catalogs made by chance are catalogs', () => {
    fc.assert(
      fc.property(arbitraryCatalog, (catalog) => {
        expect(catalogSchema.safeParse(catalog).success).toBe(true)
        expect([...checkReferences(catalog), ...checkMeaning(catalog)]).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  test('an outcome is given exactly when every completion of what is unknown gives it', () => {
    let settled = 0
    let open = 0
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const sets = allCompletions(catalog, answers)
        fc.pre(sets !== undefined)
        const judged = sets!.map((set) => judge(catalog, set))
        fc.pre(judged.every((j) => !j.unsure))
        const expected = new Set(judged.map((j) => j.outcome))
        const result = evaluate(compile(catalog), answers)
        const only = expected.size === 1 ? [...expected][0]! : cannotDecide
        expect(result.outcome).toBe(only)
        for (const outcome of expected) if (outcome !== cannotDecide) expect(result.possible).toContain(outcome)
        if (only === cannotDecide) open++
        else settled++
      }),
      runs,
    )
    expect(Math.min(settled, open)).toBeGreaterThan(20)
  })

  test('bounds hold every completion: scores, values, bands, labels, rules, visible questions and duties', () => {
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const sets = allCompletions(catalog, answers)
        fc.pre(sets !== undefined)
        const result = evaluate(compile(catalog), answers)
        for (const set of sets!) {
          const full = judge(catalog, set)
          if (full.unsure) continue
          for (const [id, value] of Object.entries(full.scores))
            expect(holds(result.scores[id]!.value, value)).toBe(true)
          for (const [id, value] of Object.entries(full.values))
            if (value !== null) expect(holds(result.values[id]!, value)).toBe(true)
          for (const [id, band] of Object.entries(full.levels))
            if (band !== null) expect(result.levels[id]!.possible).toContain(band)
          for (const label of full.labels)
            expect([...result.labels.certain, ...result.labels.possible]).toContain(label)
          for (const label of result.labels.certain) expect(full.labels).toContain(label)
          for (const q of full.visible) expect([...result.visible, ...result.maybeVisible]).toContain(q)
          for (const q of result.visible) expect(full.visible).toContain(q)
          for (const { rule, table } of result.fired) expect(full.hits).toContain(`${table}/${rule}`)
          const listed = [...result.fired, ...result.mayFire].map((f) => `${f.table}/${f.rule}`)
          for (const hit of full.hits) expect(listed).toContain(hit)
        }
      }),
      runs,
    )
  })

  test('of full answers everything is exact', () => {
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const sets = allCompletions(catalog, answers)
        fc.pre(sets !== undefined)
        const full = sets![0]!
        const expected = judge(catalog, full)
        fc.pre(!expected.unsure)
        const result = evaluate(compile(catalog), full)
        expect(result.outcome).toBe(expected.outcome)
        for (const [id, value] of Object.entries(expected.scores)) expect(result.scores[id]!.value).toBe(value)
        for (const [id, value] of Object.entries(expected.values)) expect(result.values[id]!).toEqual(value)
        expect(Object.fromEntries(Object.entries(result.levels).map(([id, l]) => [id, l.band]))).toEqual(
          expected.levels,
        )
        expect([...result.labels.certain].toSorted()).toEqual([...expected.labels].toSorted())
        expect(result.visible.toSorted()).toEqual([...expected.visible].toSorted())
      }),
      runs,
    )
  })

  test('a question that does not matter changes nothing, and some question matters when nothing can be decided', () => {
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const sets = allCompletions(catalog, answers)
        fc.pre(sets !== undefined)
        const result = evaluate(compile(catalog), answers)
        const judged = sets!.map((set) => judge(catalog, set))
        fc.pre(judged.every((j) => !j.unsure))
        const outcomes = new Map(sets!.map((set, i) => [JSON.stringify(set), judged[i]!.outcome]))
        if (result.outcome !== cannotDecide) expect(result.matter).toEqual([])
        if (new Set(outcomes.values()).size > 1) expect(result.matter.length).toBeGreaterThan(0)
        for (const q of catalog.questions) {
          if (result.matter.includes(q.id)) continue
          const groups = Map.groupBy(sets!, (set) =>
            JSON.stringify({ ...set, [q.id]: null }, Object.keys({ ...set, [q.id]: null }).toSorted()),
          )
          for (const group of groups.values())
            expect(new Set(group.map((set) => outcomes.get(JSON.stringify(set)))).size).toBe(1)
        }
      }),
      runs,
    )
  })

  test('the order of answers does not matter', () => {
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const c = compile(catalog)
        const turned = Object.fromEntries(Object.entries(answers).toReversed())
        expect(evaluate(c, turned)).toEqual(evaluate(c, answers))
      }),
      runs,
    )
  })

  test('hidden answers do not count', () => {
    fc.assert(
      fc.property(situation, ({ catalog, answers }) => {
        const c = compile(catalog)
        const result = evaluate(c, answers)
        const shown = new Set([...result.visible, ...result.maybeVisible])
        const without = Object.fromEntries(Object.entries(answers).filter(([id]) => shown.has(id)))
        expect(evaluate(c, without)).toEqual(result)
      }),
      runs,
    )
  })

  test('to forget an answer never turns one outcome into another: it stays or cannot be decided', () => {
    fc.assert(
      fc.property(situation, fc.nat(), ({ catalog, answers }, at) => {
        const c = compile(catalog)
        const ids = Object.keys(answers)
        fc.pre(ids.length > 0)
        const forgotten = { ...answers, [ids[at % ids.length]!]: { unknown: true as const } }
        const before = evaluate(c, answers)
        const after = evaluate(c, forgotten)
        expect([before.outcome, cannotDecide]).toContain(after.outcome)
        const held = (r: typeof before): string[] => r.duties.map((d) => d.id)
        for (const id of held(before)) expect(held(after)).toContain(id)
      }),
      runs,
    )
  })

  test('every set of answers gets a result, however wrong it is', () => {
    fc.assert(
      fc.property(
        arbitraryCatalog,
        fc.dictionary(fc.constantFrom('q0', 'q1', 'q2', 'q3', 'constructor', 'x'), fc.anything()),
        (catalog, answers) => {
          const result = evaluate(compile(catalog), answers as Answers)
          expect([cannotDecide, ...catalog.outcomes.map((o) => o.id)]).toContain(result.outcome)
        },
      ),
      runs,
    )
  })
})

function holds(amount: unknown, value: number): boolean {
  if (typeof amount === 'number') return amount === value
  if (amount === null) return true
  const { from, to } = amount as { from: number | null; to: number | null }
  return (from === null || from <= value) && (to === null || value <= to)
}
