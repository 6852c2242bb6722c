import { describe, expect, test } from 'vitest'
import { checkMeaning } from './check-meaning.ts'
import { checkReferences } from './check-references.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { type Answers, type AnswerValue } from './model-result.ts'
import { type Catalog, cannotDecide } from './model.ts'
import { judge } from './oracle.test-support.ts'
import { proveReachability } from './prove-reachability.ts'
import { largeQuestionnaire, largeTree, profileMatch, randomAnswers } from './synthetic.test-support.ts'

const faults = (catalog: Catalog): unknown[] => [...checkReferences(catalog), ...checkMeaning(catalog)]

describe('an impact assessment of 300 questions', () => {
  const catalog = largeQuestionnaire(300)
  const c = compile(catalog)

  test('is a catalog without faults, every question and level of which can be reached', () => {
    expect(faults(catalog)).toEqual([])
    expect(proveReachability(catalog)).toEqual({ faults: [], notes: [] })
  })

  test('agrees with the second judge on full answers, and gives several levels', () => {
    const seen = new Set<string | null>()
    for (let seed = 1; seed <= 60; seed++) {
      const answers = leaning(catalog, seed)
      const result = evaluate(c, answers)
      const expected = judge(catalog, answers)
      seen.add(result.outcome)
      expect(result.outcome).toBe(expected.outcome)
      for (const [id, value] of Object.entries(expected.scores)) expect(result.scores[id]!.value).toBe(value)
      expect(result.values).toEqual(expected.values)
    }
    expect(seen.size).toBeGreaterThanOrEqual(3)
  })

  test('decides with unknown answers only where no completion by chance differs', () => {
    let settled = 0
    for (let seed = 1; seed <= 40; seed++) {
      const partial = randomAnswers(catalog, seed, seed % 4 === 0 ? 0.01 : 0.3)
      const result = evaluate(c, partial)
      if (result.outcome !== cannotDecide) settled++
      for (let other = 0; other < 5; other++) {
        const full = { ...leaning(catalog, seed * 100 + other), ...partial }
        const outcome = judge(catalog, full).outcome
        expect(result.possible).toContain(outcome)
        if (result.outcome !== cannotDecide) expect(result.outcome).toBe(outcome)
      }
    }
    expect(settled).toBeGreaterThan(3)
  })

  /** Full answers that lean to few, many or mixed points. */
  function leaning(from: Catalog, seed: number): Answers {
    const chance = randomAnswers(from, seed, 0)
    const lean = seed % 5
    return Object.fromEntries(
      from.questions.map((q): [string, AnswerValue] => {
        if (lean < 3 || q.kind === 'number') return [q.id, chance[q.id]!]
        if (q.kind === 'single') return [q.id, q.options.at(lean === 3 ? 0 : -1)!.id]
        return [q.id, lean === 3 || !('options' in q) ? [] : q.options.map((o) => o.id)]
      }),
    )
  }
})

describe('a tree with half a million paths and labels', () => {
  const catalog = largeTree(12)
  const c = compile(catalog)

  test('is total, and every question and outcome of it can be reached', () => {
    expect(faults(catalog)).toEqual([])
    expect(proveReachability(catalog)).toEqual({ faults: [], notes: [] })
    expect(3 ** 12).toBeGreaterThan(500_000)
  })

  test('with nothing answered names every outcome that some path gives, and the first question as mattering', () => {
    const result = evaluate(c, {})
    expect(result).toMatchObject({ outcome: cannotDecide, possible: ['strict', 'middle', 'light'], visible: ['t0'] })
    expect(result.matter).toContain('t0')
  })

  test('decides with unknown answers exactly when every path agrees', () => {
    const small = largeTree(6)
    const compiled = compile(small)
    const all = small.questions.reduce<Answers[]>(
      (sets, q) => sets.flatMap((set) => ['a', 'b', 'c'].map((o) => ({ ...set, [q.id]: o }))),
      [{}],
    )
    const judged = all.map((set) => ({ set, outcome: judge(small, set).outcome }))
    let settled = 0
    for (let seed = 1; seed <= 150; seed++) {
      const partial = randomAnswers(small, seed, 0.4)
      const agreeing = judged.filter(({ set }) => Object.entries(partial).every(([id, v]) => set[id] === v))
      const possible = new Set(agreeing.map(({ outcome }) => outcome))
      const result = evaluate(compiled, partial)
      expect(new Set(result.possible)).toEqual(possible)
      expect(result.outcome).toBe(possible.size === 1 ? [...possible][0] : cannotDecide)
      if (possible.size === 1) settled++
    }
    expect(settled).toBeGreaterThan(20)
  })
})

describe('215 requirements by profile', () => {
  const catalog = profileMatch(215)
  const c = compile(catalog)
  const profile = { role: 'provider', risk: 'high', model: 'none', open: 'no' }

  test('collects exactly the rules that apply', () => {
    const result = evaluate(c, profile)
    expect(result.outcome).toBe(null)
    expect(result.fired.map((f) => `requirements/${f.rule}`)).toEqual(judge(catalog, profile).hits)
    expect(result.tables['requirements']).toEqual({ gives: result.fired.map((f) => f.gives), possible: [] })
  })

  test('an unknown part of the profile never takes a duty away', () => {
    const full = evaluate(c, profile)
    for (const key of Object.keys(profile)) {
      const { [key]: _, ...rest } = profile as Record<string, string>
      const open = evaluate(c, rest)
      const listed = new Set(open.duties.map((d) => d.id))
      expect(full.duties.filter((d) => !listed.has(d.id))).toEqual([])
      expect(open.duties.some((d) => d.holds === 'possible')).toBe(true)
    }
  })
})
