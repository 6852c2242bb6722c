import { describe, expect, test } from 'vitest'

import { loadLibrary } from '#catalog/catalog-library.ts'
import { evaluate } from '#catalog/evaluate.ts'
import { entryInForce } from '#catalog/in-force.ts'
import type { Answers } from '#catalog/model-result.ts'
import { cannotDecide } from '#catalog/model.ts'

/** The combination rule a second time, from its sentence and without the catalog: raised 2, half 1, clear 0. */
const consults = (a: number, b: number, c: number, d: number) => {
  const raised = [a, b, c, d].filter((x) => x === 2).length
  const half = [a, b, c, d].filter((x) => x === 1).length
  return b === 2 || raised >= 2 || (a === 2 && d !== 0) || (raised >= 1 && half >= 2)
}

const axisQuestions = {
  'users-kind': ['own-ministry', 'several-organisations', 'citizens-outside'],
  'error-harm': ['none', 'limited', 'serious'],
  'confidential-in-training': ['no', 'yes'],
  'personal-in-training': ['no', 'yes'],
  'human-judgement': ['all', 'some', 'none'],
} as const
const scopeQuestions = {
  'text-generative': ['yes', 'no'],
  'sensitive-field': ['no', 'yes'],
  'special-secret': ['no', 'yes'],
} as const
const every = { ...scopeQuestions, ...axisQuestions }
type Choice = Readonly<Record<string, string | undefined>>

/** All answers to the questions; with `unknown` also those that leave questions open. */
function choices(questions: Readonly<Record<string, readonly string[]>>, unknown: boolean): Choice[] {
  return Object.entries(questions).reduce<Choice[]>(
    (sofar, [id, options]) =>
      sofar.flatMap((c) => [...options, ...(unknown ? [undefined] : [])].map((o) => ({ ...c, [id]: o }))),
    [{}],
  )
}

function outcomeOf(c: Choice): string {
  if (c['text-generative'] === 'no' || c['sensitive-field'] === 'yes' || c['special-secret'] === 'yes')
    return 'out-of-scope'
  const at = (id: keyof typeof axisQuestions) => (axisQuestions[id] as readonly (string | undefined)[]).indexOf(c[id])
  const store = c['confidential-in-training'] === 'yes' || c['personal-in-training'] === 'yes' ? 2 : 0
  return consults(at('users-kind'), at('error-harm'), store, at('human-judgement')) ? 'consult-board' : 'proceed'
}

/** By brute force: the outcomes of all completions of what is open. */
const known = new Map<string, Set<string>>()
function possibleOutcomes(c: Choice): Set<string> {
  const key = Object.keys(every)
    .map((id) => c[id] ?? '?')
    .join()
  const found = known.get(key)
  if (found) return found
  const open = Object.entries(every).find(([id]) => c[id] === undefined)
  const result = open
    ? new Set(open[1].flatMap((option) => [...possibleOutcomes({ ...c, [open[0]]: option })]))
    : new Set([outcomeOf(c)])
  known.set(key, result)
  return result
}

/** Open questions whose answer moves the outcome in some completion of the others. */
const matters = (c: Choice) =>
  Object.entries(every)
    .filter(([id]) => c[id] === undefined)
    .filter(([id, options]) => {
      const others = Object.entries(every).filter(([other]) => other !== id && c[other] === undefined)
      return choices(Object.fromEntries(others), false).some(
        (rest) => new Set(options.map((option) => outcomeOf({ ...c, ...rest, [id]: option }))).size > 1,
      )
    })
    .map(([id]) => id)

const answersOf = (c: Choice): Answers => Object.fromEntries(Object.entries(c).filter(([, v]) => v !== undefined))

describe('the combination rule', () => {
  const { compiled } = entryInForce(['catalogs'], loadLibrary(['catalogs']).library, 'finder')
  const inScope = { 'text-generative': 'yes', 'sensitive-field': 'no', 'special-secret': 'no' }

  test('gives for each of the 108 combinations of answers what its sentence says', () => {
    const all = choices(axisQuestions, false)
    expect(all.length).toBe(108)
    for (const c of all)
      expect(evaluate(compiled, answersOf({ ...inScope, ...c })).outcome, JSON.stringify(c)).toBe(
        outcomeOf({ ...inScope, ...c }),
      )
  })

  test('decides with open answers exactly when every completion agrees, and names what matters when not', () => {
    const partial = choices(axisQuestions, true).map((c) => ({ ...inScope, ...c }))
    expect(partial.length).toBe(576)
    for (const c of partial) agrees(c)
  })

  test('does so when the scope is open too', () => {
    const scopes = choices(scopeQuestions, true)
    const axes = choices(axisQuestions, true).filter((_, at) => at % 7 === 0)
    expect(scopes.length).toBe(27)
    for (const s of scopes) for (const a of axes) agrees({ ...s, ...a })
  })

  function agrees(c: Choice): void {
    const possible = possibleOutcomes(c)
    const result = evaluate(compiled, answersOf(c))
    const name = JSON.stringify(c)
    expect(result.outcome, name).toBe(possible.size === 1 ? [...possible][0] : cannotDecide)
    expect([...result.possible].toSorted(), name).toEqual([...possible].toSorted())
    expect([...result.matter].toSorted(), name).toEqual(possible.size === 1 ? [] : matters(c).toSorted())
  }
})
