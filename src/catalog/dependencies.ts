import type { Catalog, Goto, Question } from './model.ts'
import type { Cond } from './model-expressions.ts'
import { type Ref, refsOfCond, refsOfNum } from './expressions.ts'

/** A thing that is worked out during an evaluation; the key is `kind:id`. */
export type NodeKind = 'question' | 'score' | 'value' | 'label' | 'level' | 'table'
export type NodeKey = `${NodeKind}:${string}`

/** What must be worked out before something that names `ref`. A maximum is fixed by the catalog. */
export function nodeOf(ref: Ref): NodeKey | undefined {
  switch (ref.kind) {
    case 'question':
    case 'answer':
    case 'points':
    case 'carrier':
      return `question:${ref.id}`
    case 'score':
    case 'value':
    case 'label':
    case 'level':
    case 'table':
      return `${ref.kind}:${ref.id}`
    case 'maximum':
    case 'outcome':
      return undefined
  }
}

export function entriesOf(goto: Goto): { when?: Cond | undefined; question?: string; outcome?: string }[] {
  if (typeof goto === 'string') return [{ question: goto }]
  return Array.isArray(goto) ? goto : [goto]
}
/** Every goto of a question: its own and those of its options. */
export function gotosOf(question: Question): Goto[] {
  const all: Goto[] = []
  if (question.goto !== undefined) all.push(question.goto)
  if ('options' in question) for (const option of question.options) if (option.goto !== undefined) all.push(option.goto)
  return all
}

/** The questions of the tree: those that a walk from the start can come to by any goto, in order of discovery. */
export function treeQuestions(catalog: Catalog): string[] {
  if (!catalog.decide || !('tree' in catalog.decide)) return []
  const byId = new Map(catalog.questions.map((q) => [q.id, q]))
  const found = new Set<string>()
  const waiting = [catalog.decide.tree]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const question = byId.get(id)
    if (!question || found.has(id)) continue
    found.add(id)
    for (const goto of gotosOf(question))
      for (const entry of entriesOf(goto)) if (entry.question) waiting.push(entry.question)
  }
  return [...found]
}

function weighted(question: Question): string[] {
  if (question.kind === 'number') return Object.keys(question.weights ?? {})
  if ('options' in question) return question.options.flatMap((option) => Object.keys(option.weights ?? {}))
  return []
}
function labelled(question: Question): string[] {
  return 'options' in question ? question.options.flatMap((option) => option.labels ?? []) : []
}

/** For every node what its conditions, expressions and carriers name. The order of keys is that of the catalog. */
export function refsByNode(catalog: Catalog): Map<NodeKey, Ref[]> {
  const refs = new Map<NodeKey, Ref[]>()
  for (const q of catalog.questions) refs.set(`question:${q.id}`, refsOfCond(q['show-when']))
  for (const s of catalog.scores) refs.set(`score:${s.id}`, [])
  for (const l of catalog.labels) refs.set(`label:${l.id}`, [])
  for (const q of catalog.questions) {
    for (const s of new Set(weighted(q))) refs.get(`score:${s}`)?.push({ kind: 'points', id: q.id, score: s })
    for (const l of new Set(labelled(q))) refs.get(`label:${l}`)?.push({ kind: 'carrier', id: q.id })
  }
  for (const v of catalog.values) refs.set(`value:${v.id}`, refsOfNum(v.expr))
  for (const l of catalog.levels) refs.set(`level:${l.id}`, [...refsOfNum(l.of), ...refsOfNum(l['share-of'])])
  for (const t of catalog.tables) {
    refs.set(
      `table:${t.id}`,
      t.rules.flatMap((rule) => refsOfCond(rule.when)),
    )
    for (const rule of [...t.rules, ...(t.otherwise ? [t.otherwise] : [])])
      for (const l of rule.labels ?? []) refs.get(`label:${l}`)?.push({ kind: 'table', id: t.id, gives: rule.gives })
  }
  return refs
}

export function dependenciesOf(refs: readonly Ref[]): NodeKey[] {
  const keys = new Set<NodeKey>()
  for (const ref of refs) {
    const key = nodeOf(ref)
    if (key) keys.add(key)
  }
  return [...keys]
}

/** Nodes in an order in which each stands after all it depends on; only what `from` needs. A loop is cut, never followed. */
export function inOrder(refs: ReadonlyMap<NodeKey, readonly Ref[]>, from: readonly NodeKey[]): NodeKey[] {
  const order: NodeKey[] = []
  const seen = new Set<NodeKey>()
  const stack: { key: NodeKey; rest: NodeKey[] }[] = []
  const enter = (key: NodeKey): void => {
    if (seen.has(key)) return
    seen.add(key)
    stack.push({ key, rest: dependenciesOf(refs.get(key) ?? []) })
  }
  for (const start of from) {
    enter(start)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.shift()
      if (next !== undefined) enter(next)
      else {
        order.push(top.key)
        stack.pop()
      }
    }
  }
  return order
}
