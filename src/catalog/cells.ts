import type { Compiled, CompiledQuestion, Use } from './compiled.ts'
import { type Domain, blank, openSpan, span } from './domains.ts'

/** One answer for each way in which the catalog can tell answers apart. `complete`: together they stand for every answer. */
export type Cells = { cells: readonly Domain[]; complete: boolean }

const most = 256
const known = new WeakMap<Compiled, Map<number, Cells>>()

/** The cells of a question, as far as the decision (or the tree) can tell its answers apart. */
export function cellsOf(c: Compiled, index: number): Cells {
  let own = known.get(c)
  if (!own) known.set(c, (own = new Map()))
  let cells = own.get(index)
  if (!cells) own.set(index, (cells = makeCells(c.questions[index]!, c.uses[index]!)))
  return cells
}

function makeCells(q: CompiledQuestion, use: Use): Cells {
  const { cells, complete } = kindCells(q, use)
  const all = q.question.optional ? [...cells, blank] : cells
  return { cells: distinct(q, use, all), complete }
}
function kindCells(q: CompiledQuestion, use: Use): Cells {
  switch (q.question.kind) {
    case 'single':
      return { cells: q.optionDomains, complete: true }
    case 'multiple':
      return setCells(q, use)
    case 'number':
    case 'date':
      return spanCells(q, use)
    case 'text':
      return {
        cells: [...[...use.texts].map((text): Domain => ({ kind: 'text', text })), { kind: 'text', text: null }],
        complete: true,
      }
  }
}

function distinct(q: CompiledQuestion, use: Use, cells: readonly Domain[]): Domain[] {
  const seen = new Set<string>()
  return cells.filter((cell) => {
    const signature = signatureOf(q, use, cell)
    if (seen.has(signature)) return false
    seen.add(signature)
    return true
  })
}
/** Everything the decision sees of an answer. */
function signatureOf(q: CompiledQuestion, use: Use, cell: Domain): string {
  const tests = use.tests.map((test) => test(cell)).join('')
  const points = [...use.scores].map((s) => q.points.get(s)?.(cell).lo ?? 0).join(',')
  const chosen = q.options.filter((_, i) => isChosen(cell, i))
  const labels = chosen
    .flatMap((option) => option.labels ?? [])
    .filter((l) => use.labels.has(l))
    .toSorted()
    .join(',')
  const goto = q.inTree ? JSON.stringify(chosen.find((option) => option.goto !== undefined)?.goto ?? null) : ''
  const number = use.arithmetic && cell.kind === 'span' ? cell.lo : ''
  // In a score that takes the highest, a blank answer is not the same as one of 0 points.
  return [tests, points, labels, goto, number, cell.kind === 'blank' ? 'blank' : ''].join('|')
}
export function isChosen(cell: Domain, index: number): boolean {
  return (cell.kind === 'option' && cell.index === index) || (cell.kind === 'set' && cell.chosen[index] === 1)
}

/** Whether an option of a multiple question can make a difference. */
export function counts(q: CompiledQuestion, use: Use, index: number): boolean {
  const option = q.options[index]!
  return (
    use.highest ||
    use.named.has(index) ||
    Object.entries(option.weights ?? {}).some(([, w]) => w !== 0 && use.scores.size > 0) ||
    (option.labels ?? []).some((l) => use.labels.has(l)) ||
    (q.inTree && option.goto !== undefined)
  )
}

function setCells(q: CompiledQuestion, use: Use): Cells {
  const relevant = q.options.map((_, i) => i).filter((i) => counts(q, use, i))
  const together = relevant.filter((i) => !q.options[i]!.exclusive)
  const alone = relevant.filter((i) => q.options[i]!.exclusive)
  const sets: number[][] = []
  const complete = 2 ** together.length <= most
  if (complete)
    for (let bits = 0; bits < 2 ** together.length; bits++) sets.push(together.filter((_, i) => (bits >> i) % 2 === 1))
  else sets.push([], together, ...together.map((i) => [i]), ...weighed(q, together))
  for (const i of alone) sets.push([i])
  return { cells: sets.map((set) => chosenSet(q, set)), complete }
}
function chosenSet(q: CompiledQuestion, set: readonly number[]): Domain {
  const chosen = q.options.map(() => 0)
  for (const i of set) chosen[i] = 1
  return { kind: 'set', chosen }
}
/** Per score the sets with the most and the fewest points. */
function weighed(q: CompiledQuestion, together: readonly number[]): number[][] {
  const scores = new Set(q.options.flatMap((option) => Object.keys(option.weights ?? {})))
  const sets: number[][] = []
  for (const score of scores) {
    const weight = (i: number): number => q.options[i]?.weights?.[score] ?? 0
    sets.push(
      together.filter((i) => weight(i) > 0),
      together.filter((i) => weight(i) < 0),
    )
  }
  return sets
}

/** Every constant, a value between each two, and the ends: any number lies with one of them. */
function spanCells(q: CompiledQuestion, use: Use): Cells {
  const { lo, hi } = openSpan(q.question)
  const whole = q.question.kind === 'date' || (q.question.kind === 'number' && q.question.integer === true)
  const ends = [lo, hi].filter((v) => Number.isFinite(v))
  const cuts = [...new Set([...use.cuts, ...ends])].filter((v) => v >= lo && v <= hi).toSorted((a, b) => a - b)
  const values = new Set<number>()
  const put = (v: number): void => {
    if (v >= lo && v <= hi && (!whole || Number.isInteger(v))) values.add(v)
  }
  if (cuts.length === 0) put(0)
  cuts.forEach((cut, i) => {
    const next = cuts[i + 1]
    put(cut)
    if (whole) for (const near of [Math.floor(cut), Math.ceil(cut), Math.floor(cut) + 1, Math.ceil(cut) - 1]) put(near)
    if (next !== undefined && !whole) put((cut + next) / 2)
  })
  const first = cuts[0]
  const last = cuts.at(-1)
  if (first !== undefined) put(whole ? Math.ceil(first) - 1 : first - 1)
  if (last !== undefined) put(whole ? Math.floor(last) + 1 : last + 1)
  const fewWhole = whole && hi - lo <= most
  if (use.arithmetic && fewWhole) for (let v = Math.ceil(lo); v <= hi; v++) put(v)
  const cells = [...values].toSorted((a, b) => a - b).map((v) => span(v, v))
  return { cells, complete: !use.arithmetic || fewWhole }
}
