import type { Bounds, Catalog, Goto, Question } from './model.ts'
import { cannotDecide } from './model.ts'
import type { AnswerValue, Answers } from './model-result.ts'
import type { Cond, Num } from './model-expressions.ts'

/**
 * A second judge of full answers, written from docs/catalog-authoring.md and sharing nothing with the engine: no three values,
 * no bounds, no compilation. It walks the catalog again for every question it is asked.
 */
export type Judged = {
  outcome: string
  scores: Record<string, number>
  values: Record<string, number | null>
  levels: Record<string, string | null>
  labels: string[]
  visible: string[]
  hits: string[]
  /** Some comparison had nothing to compare (division by zero, no band): two values are not enough to judge it. */
  unsure: boolean
}

/** Every answer that a small question can have; of numbers and dates a few on both sides of every limit. */
export function completions(q: Question): (AnswerValue | undefined)[] {
  const blank = q.optional ? [undefined] : []
  switch (q.kind) {
    case 'single':
      return [...q.options.map((o) => o.id), ...blank]
    case 'multiple': {
      const together = q.options.filter((o) => !o.exclusive)
      const sets = Array.from({ length: 2 ** together.length }, (_, bits) =>
        together.filter((_o, i) => bits & (1 << i)).map((o) => o.id),
      )
      return [...sets, ...q.options.filter((o) => o.exclusive).map((o) => [o.id]), ...blank]
    }
    case 'number':
      return [...Array.from({ length: (q.max ?? 0) - (q.min ?? 0) + 1 }, (_, i) => (q.min ?? 0) + i), ...blank]
    case 'date':
      return ['2024-12-31', '2025-01-01', '2025-06-30', '2025-07-01', '2025-07-02', ...blank]
    case 'text':
      return ['x', 'other', ...blank]
  }
}

const digits12 = (n: number): number => Number(n.toPrecision(12)) + 0

export function judge(catalog: Catalog, answers: Answers): Judged {
  return new Judge(catalog, answers).judge()
}

class Judge {
  readonly catalog: Catalog
  readonly answers: Answers
  /** In a tree: the questions on the way so far. */
  way: string[] = []
  unsure = false

  constructor(catalog: Catalog, answers: Answers) {
    this.catalog = catalog
    this.answers = answers
  }

  judge(): Judged {
    const outcome = this.outcome()
    const { scores, values, levels, labels, questions, tables } = this.catalog
    return {
      outcome,
      unsure: this.unsure,
      scores: Object.fromEntries(scores.map((s) => [s.id, digits12(this.score(s.id))])),
      values: Object.fromEntries(
        values
          .map((v) => [v.id, this.num({ value: v.id })])
          .map(([id, v]) => [id, v === null ? null : digits12(v as number)]),
      ),
      levels: Object.fromEntries(levels.map((l) => [l.id, this.band(l.id)])),
      labels: labels.map((l) => l.id).filter((id) => this.label(id)),
      visible: questions.map((q) => q.id).filter((id) => this.visible(id)),
      hits: tables.flatMap((t) => this.hits(t.id).map((r) => `${t.id}/${r}`)),
    }
  }

  question(id: string): Question {
    return this.catalog.questions.find((q) => q.id === id)!
  }
  inTree(id: string): boolean {
    const { decide } = this.catalog
    return decide !== undefined && 'tree' in decide && id.startsWith('t')
  }
  visible(id: string): boolean {
    if (this.inTree(id)) return this.way.includes(id)
    const when = this.question(id)['show-when']
    return !when || this.cond(when)
  }
  answer(id: string): AnswerValue | undefined {
    return this.visible(id) ? this.answers[id] : undefined
  }
  chosen(q: Question): string[] {
    const a = this.answer(q.id)
    return a === undefined ? [] : ([a].flat() as string[])
  }

  outcome(): string {
    const { decide, outcomes } = this.catalog
    if (!decide) return ''
    if ('tree' in decide) return this.walk(decide.tree)
    if ('level' in decide) {
      const band = this.band(decide.level)
      return (
        this.catalog.levels.find((l) => l.id === decide.level)!.bands.find((b) => b.id === band)?.outcome ??
        cannotDecide
      )
    }
    const table = this.catalog.tables.find((t) => t.id === decide.table)!
    const given = this.hits(table.id).map((id) => [...table.rules, table.otherwise!].find((r) => r?.id === id)!.gives)
    return (
      outcomes.toSorted((a, b) => b.strictness - a.strictness).find((o) => given.includes(o.id))?.id ?? cannotDecide
    )
  }

  walk(start: string): string {
    this.way = []
    for (let at = start; ;) {
      this.way.push(at)
      const q = this.question(at)
      const option =
        'options' in q ? q.options.find((o) => this.chosen(q).includes(o.id) && o.goto !== undefined) : undefined
      const goto: Goto | undefined = option?.goto ?? q.goto
      if (goto === undefined) return cannotDecide
      const entries = typeof goto === 'string' ? [{ question: goto }] : Array.isArray(goto) ? goto : [goto]
      const taken = entries.find((e) => !('when' in e) || !e.when || this.cond(e.when))
      if (!taken) return cannotDecide
      if ('outcome' in taken) return taken.outcome
      at = (taken as { question: string }).question
    }
  }

  pointsOf(q: Question, score: string): number | undefined {
    const a = this.answer(q.id)
    if (q.kind === 'number') {
      const w = q.weights?.[score]
      if (!w || a === undefined) return undefined
      if ('per-unit' in w) return Number(a) * w['per-unit']
      return w.bands.find((b) => between(Number(a), b))?.points ?? 0
    }
    if (!('options' in q) || !q.options.some((o) => o.weights?.[score] !== undefined) || a === undefined)
      return undefined
    const all = q.options.filter((o) => this.chosen(q).includes(o.id)).map((o) => o.weights?.[score] ?? 0)
    if (this.catalog.scores.find((s) => s.id === score)?.combine === 'max')
      return all.length === 0 ? 0 : Math.max(...all)
    return all.reduce((x, y) => x + y, 0)
  }
  score(id: string): number {
    const all = this.catalog.questions.map((q) => this.pointsOf(q, id)).filter((p) => p !== undefined)
    if (this.catalog.scores.find((s) => s.id === id)?.combine === 'max') return all.length === 0 ? 0 : Math.max(...all)
    return all.reduce((x, y) => x + y, 0)
  }
  maximum(id: string): number {
    const max = this.catalog.scores.find((s) => s.id === id)?.combine === 'max'
    const best = this.catalog.questions.map((q) => {
      if (q.kind === 'number') {
        const w = q.weights?.[id]
        if (!w) return 0
        if ('per-unit' in w) return Math.max(0, w['per-unit'] * q.max!, w['per-unit'] * q.min!)
        return Math.max(0, ...w.bands.map((b) => b.points))
      }
      if (!('options' in q)) return 0
      const w = (o: (typeof q.options)[number]): number => o.weights?.[id] ?? 0
      if (q.kind === 'single' || max) return Math.max(0, ...q.options.map(w))
      const together = q.options.filter((o) => !o.exclusive && w(o) > 0).reduce((x, o) => x + w(o), 0)
      return Math.max(0, together, ...q.options.filter((o) => o.exclusive).map(w))
    })
    return max ? Math.max(0, ...best) : best.reduce((x, y) => x + y, 0)
  }
  label(id: string): boolean {
    const byOption = this.catalog.questions.some(
      (q) => 'options' in q && q.options.some((o) => o.labels?.includes(id) && this.chosen(q).includes(o.id)),
    )
    if (byOption) return true
    return this.catalog.tables.some((t) => {
      const setting = [...t.rules, t.otherwise].filter((r) => r?.labels?.includes(id)).map((r) => r!.id)
      return setting.length > 0 && this.hits(t.id).some((r) => setting.includes(r))
    })
  }
  hits(id: string): string[] {
    const table = this.catalog.tables.find((t) => t.id === id)!
    const all = table.rules.filter((r) => this.cond(r.when)).map((r) => r.id)
    if (all.length === 0) return table.otherwise ? [table.otherwise.id] : []
    return table.hit === 'first' ? [all[0]!] : all
  }
  band(id: string): string | null {
    const level = this.catalog.levels.find((l) => l.id === id)!
    let value = this.num(level.of)
    if (value === null) return null
    if (level['share-of'] !== undefined) {
      const whole = this.num(level['share-of'])
      if (whole === null || digits12(whole) < 0) return null
      if (digits12(whole) === 0) {
        if (digits12(value) !== 0) return null
        value = 0
      } else value /= whole
    }
    return level.bands.find((b) => between(value, b))?.id ?? null
  }

  /** `null`: there is no such number. */
  num(n: Num): number | null {
    if (typeof n === 'number') return n
    if ('score' in n) return this.score(n.score)
    if ('maximum' in n) return this.maximum(n.maximum)
    if ('value' in n) return this.num(this.catalog.values.find((v) => v.id === n.value)!.expr)
    if ('answer' in n) return Number(this.answer(n.answer) ?? 0)
    if ('points' in n) return this.pointsOf(this.question(n.points), n.in) ?? 0
    if ('count' in n) return n.count.filter((c) => this.cond(c)).length
    if ('if' in n) return this.cond(n.if) ? this.num(n.then) : this.num(n.else)
    if ('round' in n) {
      const value = this.num(n.round)
      if (value === null) return null
      const scale = 10 ** (n.digits ?? 0)
      const x = digits12(value * scale)
      const half = Math.abs(x % 1) === 0.5
      const away = Math.sign(x) * Math.ceil(Math.abs(x))
      const near = Math.sign(x) * Math.floor(Math.abs(x))
      const rounded = {
        'half-up': half ? away : Math.round(x),
        'half-down': half ? near : Math.round(x),
        'half-even': half ? (away % 2 === 0 ? away : near) : Math.round(x),
        up: away,
        down: near,
        floor: Math.floor(x),
        ceiling: Math.ceil(x),
      }[n.mode]
      return digits12(rounded / scale) + 0
    }
    const [key, list] = Object.entries(n)[0] as [string, Num[]]
    const all = list.map((x) => this.num(x))
    if (all.includes(null)) return null
    const values = all as number[]
    if (key === 'sum') return values.reduce((x, y) => x + y)
    if (key === 'product') return values.reduce((x, y) => x * y)
    if (key === 'difference') return values[0]! - values[1]!
    if (key === 'quotient') return digits12(values[1]!) === 0 ? null : values[0]! / values[1]!
    return key === 'min' ? Math.min(...values) : Math.max(...values)
  }

  nothing(): boolean {
    this.unsure = true
    return false
  }
  cond(c: Cond): boolean {
    if ('all' in c) return c.all.every((x) => this.cond(x))
    if ('any' in c) return c.any.some((x) => this.cond(x))
    if ('not' in c) return !this.cond(c.not)
    if ('always' in c) return true
    if ('label' in c) return this.label(c.label)
    if ('table' in c) {
      const table = this.catalog.tables.find((t) => t.id === c.table)!
      return this.hits(c.table).some(
        (r) => [...table.rules, table.otherwise].find((x) => x?.id === r)?.gives === c.gives,
      )
    }
    if ('level' in c) {
      const bands = this.catalog.levels.find((l) => l.id === c.level)!.bands.map((b) => b.id)
      const band = this.band(c.level)
      if (band === null) return this.nothing()
      return c['at-least'] === undefined
        ? [c.is].flat().includes(band)
        : bands.indexOf(band) >= bands.indexOf(c['at-least'])
    }
    if ('outcome' in c) return false
    const [test, other] = Object.entries(c)[1] as [string, never]
    if ('expr' in c) {
      const [a, b] = [this.num(c.expr), this.num(other)]
      return a === null || b === null ? this.nothing() : compared(digits12(a), test, digits12(b))
    }
    if (!this.visible(c.question)) return false
    const a = this.answers[c.question]
    if (test === 'answered') return (a !== undefined) === other
    if (a === undefined) return false
    if (test === 'is') return [other].flat().includes(a as never)
    const list = [a].flat() as string[]
    if (test === 'has') return list.includes(other)
    if (test === 'has-any') return (other as string[]).some((o) => list.includes(o))
    if (test === 'has-all') return (other as string[]).every((o) => list.includes(o))
    if (typeof a === 'number') return compared(a, test, other)
    const [text, limit] = [String(a), String(other)]
    return (
      {
        equals: text === limit,
        before: text < limit,
        'on-or-before': text <= limit,
        after: text > limit,
        'on-or-after': text >= limit,
      }[test] ?? false
    )
  }
}

function compared(a: number, test: string, b: number): boolean {
  return (
    { equals: a === b, 'at-least': a >= b, 'more-than': a > b, 'at-most': a <= b, 'less-than': a < b }[test] ?? false
  )
}
function between(value: number, b: Bounds): boolean {
  const v = digits12(value)
  return !(
    (b.from !== undefined && v < b.from) ||
    (b.above !== undefined && v <= b.above) ||
    (b.to !== undefined && v > b.to) ||
    (b.below !== undefined && v >= b.below)
  )
}
