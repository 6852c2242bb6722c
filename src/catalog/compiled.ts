import type { Catalog, Duty, Goto, Level, Option, Question, Table } from './model.ts'
import type { Cond, Num } from './model-expressions.ts'
import type { NodeKey } from './dependencies.ts'
import type { Domain } from './domains.ts'
import type { Points } from './points.ts'
import type { Range } from './ranges.ts'
import type { Truth } from './truth.ts'

/** Which bands a level may have; `gap`: perhaps none, because its value does not exist or lies outside all bands. */
export type Bands = { bands: readonly number[]; gap: boolean; of: Range; share: Range }

/** What is known while an evaluation runs, by the positions of things in the catalog. */
export type State = {
  domains: Domain[]
  visible: Truth[]
  scores: Range[]
  values: Range[]
  labels: Truth[]
  levels: Bands[]
  /** Per table whether each rule hits, and last its `otherwise`. */
  hits: Truth[][]
  /** Positions of outcomes still possible; −1 stands for "nothing decided". Only duties look at it. */
  outcomes: readonly number[]
}
export type Holds = (s: State) => Truth
export type Amounts = (s: State) => Range
export type Work = { readonly key: string; readonly run: (s: State) => void }

export type CompiledQuestion = {
  readonly index: number
  readonly question: Question
  readonly options: readonly Option[]
  readonly positions: ReadonlyMap<string, number>
  readonly optionDomains: readonly Domain[]
  /** Points by position of the score. */
  readonly points: ReadonlyMap<number, Points>
  readonly inTree: boolean
}
export type Target = { question: number } | { outcome: number }
export type CompiledGoto = {
  readonly source: Goto
  readonly entries: readonly { when: Cond | undefined; holds: Holds | undefined; to: Target }[]
  /** What must be worked out again before the conditions are looked at, because it depends on the way so far. */
  readonly before: readonly Work[]
}
export type Decision =
  | { kind: 'table'; table: number }
  | { kind: 'level'; level: number }
  | { kind: 'tree'; start: number }

export type Positions = {
  readonly questions: ReadonlyMap<string, number>
  readonly scores: ReadonlyMap<string, number>
  readonly values: ReadonlyMap<string, number>
  readonly labels: ReadonlyMap<string, number>
  readonly levels: ReadonlyMap<string, number>
  readonly tables: ReadonlyMap<string, number>
  readonly outcomes: ReadonlyMap<string, number>
}

/** A catalog made ready to be evaluated many times. Build it once with `compile`. */
export type Compiled = {
  readonly catalog: Catalog
  readonly at: Positions
  readonly questions: readonly CompiledQuestion[]
  readonly maximums: readonly number[]
  /** Per score the questions that carry weights for it. */
  readonly carriers: readonly (readonly { index: number; points: Points }[])[]
  readonly levels: readonly Level[]
  readonly tables: readonly Table[]
  readonly duties: readonly { duty: Duty; when: Holds | undefined }[]
  /** Lists of which some item has a condition. */
  readonly lists: readonly { id: string; items: readonly { id: string; applies: Holds | undefined }[] }[]
  readonly decision: Decision | undefined
  /** Outcome positions, strictest first; of two equally strict ones the one that the catalog lists first. */
  readonly rank: readonly number[]
  readonly order: readonly Work[]
  /** Only what the decision needs. */
  readonly decisionOrder: readonly Work[]
  /** What is left to do once the decision is worked out; of a tree everything, because what is shown follows from the walk. */
  readonly afterDecision: readonly Work[]
  readonly firstVisible: readonly Truth[]
  readonly holds: (cond: Cond) => Holds
  readonly amount: (num: Num) => Amounts
  readonly gotos: ReadonlyMap<Goto, CompiledGoto>
  /** Labels that a rule of a table sets. */
  readonly setByRule: ReadonlySet<string>
  /** The questions on whose answers nodes rest, directly or through others. */
  readonly restsOn: (keys: readonly NodeKey[]) => readonly number[]
  /** How each question is looked at by the decision, for grouping answers that make no difference. */
  readonly uses: readonly Use[]
}
export type Use = {
  tests: Holds1[]
  /** Positions of options that some test names. */
  named: Set<number>
  scores: Set<number>
  /** One of the scores takes the highest answer: there an option without points can hide one with negative points. */
  highest: boolean
  labels: Set<string>
  /** Constants with which a number or day is compared; texts likewise. */
  cuts: Set<number>
  texts: Set<string>
  /** Used in arithmetic, so that no finite number of cases covers it. */
  arithmetic: boolean
}
export type Holds1 = (domain: Domain) => Truth
