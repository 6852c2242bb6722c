import type { Rule, Table } from './model.ts'
import type { Cond } from './model-expressions.ts'
import type { Fired, LookedAt, Result } from './model-result.ts'
import { type Provenance, provenanceIn, sourcesOf } from './model-texts.ts'
import type { Compiled, State } from './compiled.ts'
import { answerOf } from './domains.ts'
import { partsOf, refsOfCond } from './expressions.ts'

/** What each table gives, the rules that hit for certain with what they looked at, and those that may hit. */
export function firedRules(
  c: Compiled,
  s: State,
  outcome: string | null,
): Pick<Result, 'tables' | 'fired' | 'mayFire'> {
  const found: Pick<Result, 'tables' | 'fired' | 'mayFire'> = { tables: {}, fired: [], mayFire: [] }
  c.tables.forEach((table, t) => {
    const hits = s.hits[t]!
    const certain = new Set<string>()
    const possible = new Set<string>()
    const all = table.otherwise ? [...table.rules, table.otherwise] : table.rules
    all.forEach((rule, i) => {
      if (hits[i] === 'no') return
      if (hits[i] === 'unknown') {
        possible.add(rule.gives)
        found.mayFire.push({ table: table.id, rule: rule.id, gives: rule.gives })
        return
      }
      certain.add(rule.gives)
      const decides = c.decision?.kind === 'table' && c.decision.table === t && rule.gives === outcome
      found.fired.push(firedRule(c, s, table, rule, decides))
    })
    found.tables[table.id] = { gives: [...certain], possible: [...possible].filter((g) => !certain.has(g)) }
  })
  return found
}

function firedRule(
  c: Compiled,
  s: State,
  table: Table,
  rule: Rule | NonNullable<Table['otherwise']>,
  decisive: boolean,
): Fired {
  const looked = 'when' in rule ? (rule['looks-at'] ?? [...supporting(c, s, rule.when)]) : []
  return {
    table: table.id,
    rule: rule.id,
    gives: rule.gives,
    decisive,
    lookedAt: looked.map((id) => lookedAt(c, s, id)),
    provenance: marksOf(c, rule, table),
    source: sourcesOf(rule, table, c.catalog),
  }
}
const marks = new WeakMap<object, Record<string, Provenance>>()
function marksOf(c: Compiled, rule: Rule | NonNullable<Table['otherwise']>, table: Table): Record<string, Provenance> {
  let made = marks.get(rule)
  if (!made) {
    made = Object.fromEntries(c.catalog.languages.map((l) => [l, provenanceIn(l, rule.title, rule, table, c.catalog)]))
    marks.set(rule, made)
  }
  return { ...made }
}

function lookedAt(c: Compiled, s: State, id: string): LookedAt {
  const index = c.at.questions.get(id)
  if (index === undefined || s.visible[index] === 'no') return { question: id, answer: null }
  return { question: id, answer: answerOf(c.questions[index]!.question, s.domains[index]!) ?? null }
}

/** The questions whose answers make a condition what it is: of `any` the parts that hold, of a failed `all` those that fail. */
function supporting(c: Compiled, s: State, cond: Cond, found = new Set<string>()): Set<string> {
  const truth = c.holds(cond)(s)
  const parts = partsOf(cond)
  if (parts.length > 0) {
    const whole = ('all' in cond && truth === 'yes') || ('any' in cond && truth === 'no') || 'not' in cond
    for (const part of parts) if (whole || c.holds(part.cond)(s) === truth) supporting(c, s, part.cond, found)
    return found
  }
  for (const ref of refsOfCond(cond))
    if (ref.kind === 'question' || ref.kind === 'answer' || ref.kind === 'points') found.add(ref.id)
  return found
}
