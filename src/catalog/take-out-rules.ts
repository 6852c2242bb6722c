import type { Catalog, Goto, Question } from './model.ts'
import type { Path } from './expressions.ts'
import { casesHold } from './run-cases.ts'

/** A catalog from which one rule was taken out, made when it is asked for, and which rule. */
export type Mutant = { path: Path; what: string; readonly catalog: Catalog }

/**
 * The catalog without one of its rules each: a rule of a table, its `otherwise`, a band of a level (its neighbour takes its
 * place), a condition of a goto, a whole goto of an option beside that of its question, a condition for showing a question,
 * a duty's condition, the weight or the labels of an option.
 */
export function* takeOutRules(catalog: Catalog): Generator<Mutant> {
  yield* fromTables(catalog)
  yield* fromLevels(catalog)
  for (const [i, q] of catalog.questions.entries()) yield* fromQuestion(catalog, q, i)
  for (const [i, duty] of catalog.duties.entries())
    if (duty.when) yield mutant(catalog, ['duties', i, 'when'], `${duty.id}.when`, (c) => void delete c.duties[i]!.when)
}

function mutant(catalog: Catalog, path: Path, what: string, change: (c: Catalog) => void): Mutant {
  return {
    path,
    what,
    get catalog() {
      const copy = structuredClone(catalog)
      change(copy)
      return copy
    },
  }
}

function* fromTables(catalog: Catalog): Generator<Mutant> {
  for (const [t, table] of catalog.tables.entries()) {
    for (const [r, rule] of table.rules.entries())
      yield mutant(
        catalog,
        ['tables', t, 'rules', r],
        `${table.id}.${rule.id}`,
        (c) => void c.tables[t]!.rules.splice(r, 1),
      )
    if (table.otherwise)
      yield mutant(
        catalog,
        ['tables', t, 'otherwise'],
        `${table.id}.${table.otherwise.id}`,
        (c) => void delete c.tables[t]!.otherwise,
      )
  }
}

/** The band below takes over; for the lowest, the one above. */
function* fromLevels(catalog: Catalog): Generator<Mutant> {
  for (const [l, level] of catalog.levels.entries()) {
    if (level.bands.length < 2) continue
    for (const [b, band] of level.bands.entries())
      yield mutant(catalog, ['levels', l, 'bands', b], `${level.id}.${band.id}`, (c) => {
        const bands = c.levels[l]!.bands
        bands.splice(b, 1)
        const heir = bands[Math.max(0, b - 1)]!
        if (b === 0) {
          delete heir.from
          delete heir.above
          if (band.from !== undefined) heir.from = band.from
          if (band.above !== undefined) heir.above = band.above
        } else {
          delete heir.to
          delete heir.below
          if (band.to !== undefined) heir.to = band.to
          if (band.below !== undefined) heir.below = band.below
        }
      })
  }
}

function* fromQuestion(catalog: Catalog, q: Question, i: number): Generator<Mutant> {
  if (q['show-when'])
    yield mutant(
      catalog,
      ['questions', i, 'show-when'],
      `${q.id}.show-when`,
      (c) => void delete c.questions[i]!['show-when'],
    )
  yield* fromGoto(catalog, q.goto, ['questions', i, 'goto'], `${q.id}.goto`, (c) => c.questions[i]!)
  if (!('options' in q)) return
  for (const [o, option] of q.options.entries()) {
    const at = ['questions', i, 'options', o] as const
    const own = (c: Catalog) => (c.questions[i] as Extract<Question, { kind: 'single' }>).options[o]!
    yield* fromGoto(catalog, option.goto, [...at, 'goto'], `${q.id}.${option.id}.goto`, own)
    if (Object.values(option.weights ?? {}).some((w) => w !== 0))
      yield mutant(catalog, [...at, 'weights'], `${q.id}.${option.id}.weights`, (c) => void delete own(c).weights)
    if (option.labels?.length)
      yield mutant(catalog, [...at, 'labels'], `${q.id}.${option.id}.labels`, (c) => void delete own(c).labels)
  }
}

function* fromGoto(
  catalog: Catalog,
  goto: Goto | undefined,
  path: Path,
  what: string,
  own: (c: Catalog) => { goto?: Goto | undefined },
): Generator<Mutant> {
  if (goto === undefined) return
  if (!Array.isArray(goto) || goto.length === 1) {
    yield mutant(catalog, path, what, (c) => void delete own(c).goto)
    return
  }
  for (const [e] of goto.entries())
    yield mutant(catalog, [...path, e], `${what}[${e}]`, (c) => {
      const list = own(c).goto
      if (Array.isArray(list)) list.splice(e, 1)
    })
}

/** Each rule that is taken out costs a copy of the whole catalog, about 60 times what a case costs; in items of the catalog. */
const mostWork = 60_000_000
const costOfCopy = 60

/** A rule that can be taken out without any case of the catalog failing: nothing shows that it is needed. */
export type Uncovered = {
  path: Path
  what: string
  /** Not tried: the catalog is too large to try all. */ untried: boolean
}

/**
 * Rules, bands, gotos and conditions for which no case fails when they are taken out. Weights and labels of options are
 * reported only with `alsoAnswers`: a questionnaire of hundreds of options need not have a case for each.
 */
export function uncoveredRules(catalog: Catalog, { alsoAnswers = false } = {}): Uncovered[] {
  const uncovered: Uncovered[] = []
  let left = Math.ceil(mostWork / (sizeOf(catalog) * (costOfCopy + catalog.cases.length)))
  for (const taken of takeOutRules(catalog)) {
    const { path, what } = taken
    if (path.includes('options') && !path.includes('goto') && !alsoAnswers) continue
    // Without cases none can fail.
    const untried = catalog.cases.length > 0 && left-- <= 0
    if (catalog.cases.length === 0 || untried || casesHold(taken.catalog)) uncovered.push({ path, what, untried })
  }
  return uncovered
}
function sizeOf(catalog: Catalog): number {
  const { questions, tables, values, levels } = catalog
  return questions.length + values.length + levels.length + tables.reduce((n, table) => n + table.rules.length, 0) + 1
}
