import { type Catalog, catalogSchema } from './model.ts'
import type { Answers, AnswerValue } from './model-result.ts'
import { repeatable } from './sample.ts'

/** Made-up catalogs of any size, the same on every run, for tests and benchmarks. */
const said = (words: string): { en: string } => ({ en: words })
const header = (id: string) => ({
  format: 'tenbin-catalog/1',
  id,
  edition: '1',
  languages: ['en'],
  title: said(id),
  publisher: said('Made up'),
  provenance: 'preset',
  sources: [],
})

const areas = ['impact', 'rights', 'data', 'mitigation'] as const

/**
 * A questionnaire in the style of an impact assessment: weights in four scores, follow-up questions that are shown by answers,
 * a deduction for mitigation with rounding, four levels by share of the maximum, duties per level.
 */
export function largeQuestionnaire(count = 300): Catalog {
  const chance = repeatable(count)
  const options = (score: string, n: number) =>
    Array.from({ length: n }, (_, o) => ({
      id: `o${o}`,
      title: said(`Answer ${o}`),
      weights: { [score]: o, ...(chance() < 0.2 ? { rights: o % 3 } : {}) },
    }))
  const questions = Array.from({ length: count }, (_, i) => {
    const score = areas[i % areas.length]!
    const back = i - 1 - Math.floor(chance() * 12)
    const kind = i % 17 === 5 ? 'number' : i % 6 === 4 ? 'multiple' : 'single'
    const parent = i > 20 && i % 5 === 3 && back % 17 !== 5 && back % 6 !== 4 ? back : undefined
    return {
      id: `q${i}`,
      kind,
      title: said(`Question ${i}`),
      ...(parent === undefined ? {} : { 'show-when': { question: `q${parent}`, is: ['o1', 'o2'] } }),
      ...(kind === 'number'
        ? {
            min: 0,
            max: 1000,
            integer: true,
            weights: {
              [score]: {
                bands: [
                  { from: 0, to: 9, points: 0 },
                  { above: 9, to: 99, points: 2 },
                  { above: 99, points: 4 },
                ],
              },
            },
          }
        : { options: options(score, kind === 'multiple' ? 5 : 4) }),
    }
  })
  const raw = { sum: [{ score: 'impact' }, { score: 'rights' }, { score: 'data' }] }
  const most = { sum: [{ maximum: 'impact' }, { maximum: 'rights' }, { maximum: 'data' }] }
  const mitigated = { expr: { quotient: [{ score: 'mitigation' }, { maximum: 'mitigation' }] }, 'at-least': 0.8 }
  const level = (n: number, bounds: object) => ({
    id: `level-${n}`,
    title: said(`Level ${n}`),
    outcome: `level-${n}`,
    ...bounds,
  })
  return catalogSchema.parse({
    ...header('large-questionnaire'),
    questions,
    scores: areas.map((id) => ({ id, title: said(id) })),
    values: [
      { id: 'raw', expr: raw },
      {
        id: 'current',
        expr: {
          if: mitigated,
          then: { round: { product: [0.85, { value: 'raw' }] }, mode: 'half-up', digits: 0 },
          else: { value: 'raw' },
        },
      },
    ],
    levels: [
      {
        id: 'impact-level',
        title: said('Impact level'),
        of: { value: 'current' },
        'share-of': most,
        bands: [
          level(1, { to: 0.25 }),
          level(2, { above: 0.25, to: 0.5 }),
          level(3, { above: 0.5, to: 0.75 }),
          level(4, { above: 0.75 }),
        ],
      },
    ],
    outcomes: [1, 2, 3, 4].map((n) => ({
      id: `level-${n}`,
      title: said(`Level ${n}`),
      strictness: n,
      duties: Array.from({ length: n }, (_, d) => `duty-${d}`),
    })),
    duties: Array.from({ length: 4 }, (_, d) => ({ id: `duty-${d}`, title: said(`Duty ${d}`) })),
    decide: { level: 'impact-level' },
  })
}

/** Answers by chance; each question is left unknown with the given probability. */
export function randomAnswers(catalog: Catalog, seed: number, unknown: number): Answers {
  const chance = repeatable(seed)
  const answers: Record<string, AnswerValue> = {}
  for (const q of catalog.questions) {
    if (chance() < unknown) continue
    if (q.kind === 'single') answers[q.id] = q.options[Math.floor(chance() * q.options.length)]!.id
    else if (q.kind === 'multiple') answers[q.id] = q.options.filter(() => chance() < 0.5).map((option) => option.id)
    else if (q.kind === 'number') answers[q.id] = Math.floor(chance() * 300)
  }
  return answers
}

/**
 * A tree in the style of a legal decision aid: layers of questions whose answers set labels and lead on; redirects by labels;
 * the number of paths is the number of answers to the power of the number of layers.
 */
export function largeTree(layers = 12, labelsPerLayer = 2): Catalog {
  const questions = Array.from({ length: layers }, (_, i) => {
    const next =
      i + 1 < layers
        ? `t${i + 1}`
        : [
            { when: { all: [{ label: 'role-a' }, { label: 'risk-1' }] }, outcome: 'strict' },
            { when: { any: [{ label: 'role-b' }, { label: 'risk-2' }] }, outcome: 'middle' },
            { outcome: 'light' },
          ]
    const early = [
      { when: { not: { label: `risk-${i % 4}` } }, question: `t${Math.min(i + 2, layers - 1)}` },
      { question: `t${i + 1}` },
    ]
    return {
      id: `t${i}`,
      kind: 'single',
      title: said(`Step ${i}`),
      options: [
        {
          id: 'a',
          title: said('a'),
          labels: [i < 2 ? 'role-a' : `risk-${i % 4}`].slice(0, labelsPerLayer),
          goto: next,
        },
        { id: 'b', title: said('b'), labels: i < 2 ? ['role-b'] : [], goto: i + 2 < layers ? early : next },
        { id: 'c', title: said('c'), goto: next },
      ],
    }
  })
  return catalogSchema.parse({
    ...header('large-tree'),
    questions,
    labels: ['role-a', 'role-b', 'risk-0', 'risk-1', 'risk-2', 'risk-3'].map((id) => ({ id, title: said(id) })),
    outcomes: [
      ['strict', 3],
      ['middle', 2],
      ['light', 1],
    ].map(([id, strictness]) => ({ id, title: said(String(id)), strictness })),
    decide: { tree: 't0' },
  })
}

/** Requirements that apply by a profile: a table that collects, one rule each. */
export function profileMatch(rules = 215): Catalog {
  const axes = {
    role: ['provider', 'deployer', 'importer'],
    risk: ['low', 'high', 'banned'],
    model: ['none', 'general'],
    open: ['yes', 'no'],
  }
  const keys = Object.keys(axes) as (keyof typeof axes)[]
  const rule = (i: number) => {
    const a = keys[i % 4]!
    const b = keys[(i + 1 + (i % 3)) % 4]!
    const one = (key: keyof typeof axes) => ({ question: key, is: axes[key][i % axes[key].length]! })
    return {
      id: `r${i}`,
      title: said(`Rule ${i}`),
      when: i % 10 === 0 ? { always: true } : { all: [one(a), one(b)] },
      gives: `requirement-${i}`,
      duties: [`requirement-${i}`],
    }
  }
  return catalogSchema.parse({
    ...header('profile-match'),
    questions: keys.map((id) => ({
      id,
      kind: 'single',
      title: said(id),
      options: axes[id].map((o) => ({ id: o, title: said(o) })),
    })),
    tables: [
      {
        id: 'requirements',
        title: said('Requirements'),
        hit: 'collect',
        rules: Array.from({ length: rules }, (_, i) => rule(i)),
      },
    ],
    duties: Array.from({ length: rules }, (_, i) => ({ id: `requirement-${i}`, title: said(`Requirement ${i}`) })),
  })
}
