import type { Catalog, Goto, Question } from './model.ts'
import type { Compiled, CompiledGoto, CompiledQuestion, Decision, Positions, State, Target, Work } from './compiled.ts'
import { type Expressions, type Ground, expressionsOf } from './compile-expressions.ts'
import { worksOf } from './compile-nodes.ts'
import { type NodeKey, dependenciesOf, entriesOf, gotosOf, inOrder, refsByNode, treeQuestions } from './dependencies.ts'
import { type Domain, open } from './domains.ts'
import { type Ref, refsOfCond } from './expressions.ts'
import { type Points, pointsOf } from './points.ts'
import { nothing, zero } from './ranges.ts'
import type { Truth } from './truth.ts'
import { usesOf } from './uses.ts'

const positions = (items: readonly { id: string }[]): Map<string, number> =>
  new Map(items.map((item, i) => [item.id, i]))

/**
 * Makes a checked catalog ready for `evaluate`. Pure; costs some milliseconds for hundreds of questions, so keep the result.
 * @param options  `tellApart`: whether answers count as different when the decision, or when anything at all, sees a difference
 * @throws Error when the catalog was not checked and names something that is not there
 */
export function compile(
  catalog: Catalog,
  { tellApart = 'decision' }: { tellApart?: 'decision' | 'all' } = {},
): Compiled {
  const at: Positions = {
    questions: positions(catalog.questions),
    scores: positions(catalog.scores),
    values: positions(catalog.values),
    labels: positions(catalog.labels),
    levels: positions(catalog.levels),
    tables: positions(catalog.tables),
    outcomes: positions(catalog.outcomes),
  }
  const tree = new Set(treeQuestions(catalog))
  const questions = catalog.questions.map((q, i) => compileQuestion(q, i, catalog, tree))
  const maximums = catalog.scores.map((score, s) => maximumOf(questions, s, score.combine ?? 'sum'))
  const ground: Ground = { at, questions, maximums, levels: catalog.levels, tables: catalog.tables }
  const expr = expressionsOf(ground)
  const refs = refsByNode(catalog)
  const works = worksOf(ground, expr, catalog.scores)
  catalog.values.forEach((value, i) => {
    const amount = expr.amount(value.expr)
    works.set(`value:${value.id}`, (s) => void (s.values[i] = amount(s)))
  })
  const worksIn = (keys: readonly NodeKey[]): Work[] =>
    inOrder(refs, keys).flatMap((key) => {
      const work = works.get(key)
      return work ? [{ key, run: work }] : []
    })
  const decision = decisionOf(catalog, at)
  const needs = decisionNeeds(catalog, questions)
  const order = worksIn([...refs.keys()])
  const decisionOrder = worksIn(dependenciesOf(needs))
  const decided = new Set(decision?.kind === 'tree' ? [] : decisionOrder.map((work) => work.key))
  const gotos = compileGotos(questions, at, expr, (keys) => worksIn(keys))
  return {
    catalog,
    at,
    questions,
    maximums,
    decision,
    gotos,
    carriers: catalog.scores.map((_, score) =>
      questions.flatMap(({ index, points }) => {
        const own = points.get(score)
        return own ? [{ index, points: own }] : []
      }),
    ),
    levels: catalog.levels,
    tables: catalog.tables,
    duties: catalog.duties.map((duty) => ({ duty, when: duty.when ? expr.holds(duty.when) : undefined })),
    lists: catalog.lists.flatMap(({ id, items = [] }) => {
      if (!items.some((item) => item['applies-when'])) return []
      return [
        {
          id,
          items: items.map((item) => ({
            id: item.id,
            applies: item['applies-when'] && expr.holds(item['applies-when']),
          })),
        },
      ]
    }),
    rank: catalog.outcomes
      .map((_, i) => i)
      .toSorted((a, b) => catalog.outcomes[b]!.strictness - catalog.outcomes[a]!.strictness || a - b),
    order,
    decisionOrder,
    afterDecision: order.filter((work) => !decided.has(work.key)),
    firstVisible: questions.map((q): Truth => (q.inTree ? 'no' : 'yes')),
    holds: expr.holds,
    amount: expr.amount,
    setByRule: new Set(catalog.tables.flatMap((t) => [...t.rules, t.otherwise].flatMap((rule) => rule?.labels ?? []))),
    restsOn: (keys) =>
      inOrder(refs, keys).flatMap((key) =>
        key.startsWith('question:') ? [at.questions.get(key.slice('question:'.length))!] : [],
      ),
    uses: usesOf(
      questions,
      at,
      refs,
      tellApart === 'all' ? [...needs, ...[...refs.values()].flat()] : needs,
      new Set(catalog.scores.flatMap((score, i) => (score.combine === 'max' ? [i] : []))),
    ),
  }
}

function compileQuestion(
  question: Question,
  index: number,
  catalog: Catalog,
  tree: ReadonlySet<string>,
): CompiledQuestion {
  const options = 'options' in question ? question.options : []
  const points = new Map<number, Points>()
  catalog.scores.forEach((score, s) => {
    const made = pointsOf(question, score.id, score.combine ?? 'sum')
    if (made) points.set(s, made)
  })
  return {
    index,
    question,
    options,
    points,
    positions: positions(options),
    optionDomains: options.map((_, i): Domain => ({ kind: 'option', index: i })),
    // A question with a goto that no way leads to is never asked.
    inTree: tree.has(question.id) || gotosOf(question).length > 0,
  }
}

/** The most that the whole questionnaire can give, whatever is visible; no question takes from it. */
function maximumOf(questions: readonly CompiledQuestion[], score: number, combine: 'sum' | 'max'): number {
  const best = questions.map((q) => Math.max(0, q.points.get(score)?.(open).hi ?? 0))
  return combine === 'sum' ? best.reduce((sum, b) => sum + b, 0) : Math.max(0, ...best)
}

function decisionOf(catalog: Catalog, at: Positions): Decision | undefined {
  const { decide } = catalog
  if (!decide) return undefined
  if ('table' in decide) return { kind: 'table', table: at.tables.get(decide.table)! }
  if ('level' in decide) return { kind: 'level', level: at.levels.get(decide.level)! }
  return { kind: 'tree', start: at.questions.get(decide.tree)! }
}

/** What the decision names at first hand. */
function decisionNeeds(catalog: Catalog, questions: readonly CompiledQuestion[]): Ref[] {
  const { decide } = catalog
  if (!decide) return []
  if ('table' in decide) return [{ kind: 'table', id: decide.table, gives: '' }]
  if ('level' in decide) return [{ kind: 'level', id: decide.level, bands: [] }]
  return questions.filter((q) => q.inTree).flatMap((q) => gotosOf(q.question).flatMap(refsOfGoto))
}
export function refsOfGoto(goto: Goto): Ref[] {
  return entriesOf(goto).flatMap((entry) => refsOfCond(entry.when))
}

function compileGotos(
  questions: readonly CompiledQuestion[],
  at: Positions,
  expr: Expressions,
  worksIn: (keys: readonly NodeKey[]) => Work[],
): Map<Goto, CompiledGoto> {
  const gotos = new Map<Goto, CompiledGoto>()
  const target = (entry: { question?: string; outcome?: string }): Target =>
    entry.question === undefined
      ? { outcome: at.outcomes.get(entry.outcome!)! }
      : { question: at.questions.get(entry.question)! }
  for (const q of questions)
    for (const goto of gotosOf(q.question)) {
      const entries = entriesOf(goto).map((entry) => ({
        when: entry.when,
        holds: entry.when ? expr.holds(entry.when) : undefined,
        to: target(entry),
      }))
      gotos.set(goto, { source: goto, entries, before: worksIn(dependenciesOf(refsOfGoto(goto))) })
    }
  return gotos
}

/** A state in which nothing is worked out yet. */
export function newState(c: Compiled, domains: Domain[]): State {
  return {
    domains,
    visible: [...c.firstVisible],
    scores: c.maximums.map(() => zero),
    values: c.catalog.values.map(() => nothing),
    labels: c.catalog.labels.map((): Truth => 'no'),
    levels: c.levels.map(() => ({ bands: [], gap: true, of: nothing, share: nothing })),
    hits: c.tables.map((t) => [...t.rules, t].map((): Truth => 'no')),
    outcomes: [],
  }
}
export type { Compiled } from './compiled.ts'
export function run(works: readonly Work[], s: State): void {
  for (const work of works) work.run(s)
}
