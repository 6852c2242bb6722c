import type { Compiled, State } from './compiled.ts'
import type { Truth } from './truth.ts'

/** Stands among outcomes for "no rule, band or branch says anything". */
export const undecided = -1

/** Outcomes (positions, strictest first) that the worked-out state still allows; one of them alone is the verdict. */
export function outcomesOf(c: Compiled, s: State): number[] {
  if (c.decision?.kind === 'table') return ofTable(c, s, c.decision.table)
  if (c.decision?.kind === 'level') return ofLevel(c, s, c.decision.level)
  return []
}

function ofTable(c: Compiled, s: State, index: number): number[] {
  const table = c.tables[index]!
  const hits = s.hits[index]!
  const all = table.otherwise ? [...table.rules, table.otherwise] : table.rules
  const found = new Set<number>()
  let certain = false
  for (let i = 0; i < all.length; i++) {
    if (hits[i] === 'no') continue
    found.add(c.at.outcomes.get(all[i]!.gives) ?? undecided)
    if (hits[i] === 'yes') certain = true
  }
  if (!table.otherwise && !certain && mayMissAll(table.hit, hits, all.length)) found.add(undecided)
  return table.hit === 'first' ? ranked(c, found) : strictestOf(c, s, index, found)
}
/** Without `otherwise` all rules may fail; of a first-match table a rule that is unknown leaves that open too. */
function mayMissAll(hit: 'first' | 'collect', hits: readonly Truth[], count: number): boolean {
  return hit === 'collect' || count === 0 || !hits.includes('yes')
}

/** Of rules that hit for certain the strictest counts; rules that may hit besides count only where they are stricter. */
function strictestOf(c: Compiled, s: State, index: number, found: ReadonlySet<number>): number[] {
  const best = certainBest(c, s, index)
  if (best === undefined) return ranked(c, found)
  return ranked(c, found).filter((o) => o !== undecided && c.rank.indexOf(o) <= c.rank.indexOf(best))
}
/** The strictest outcome of the rules of a collecting table that hit for certain. */
export function certainBest(c: Compiled, s: State, index: number): number | undefined {
  const table = c.tables[index]!
  const hits = s.hits[index]!
  const all = table.otherwise ? [...table.rules, table.otherwise] : table.rules
  const certain = new Set(
    all.flatMap((rule, i) => (hits[i] === 'yes' ? [c.at.outcomes.get(rule.gives) ?? undecided] : [])),
  )
  return c.rank.find((o) => certain.has(o))
}

function ofLevel(c: Compiled, s: State, index: number): number[] {
  const now = s.levels[index]!
  const bands = c.levels[index]!.bands
  const found = new Set(now.bands.map((b) => c.at.outcomes.get(bands[b]?.outcome ?? '') ?? undecided))
  if (now.gap) found.add(undecided)
  return ranked(c, found)
}

export function ranked(c: Compiled, found: ReadonlySet<number>): number[] {
  const list = c.rank.filter((o) => found.has(o))
  return found.has(undecided) ? [...list, undecided] : list
}
