import { type Catalog, type Goto, type Question, cannotDecide, parts } from './model.ts'
import type { Cond, Num } from './model-expressions.ts'
import { type Path, type Ref, visitCond, visitNum } from './expressions.ts'
import type { Problem } from './faults.ts'
import { checkTest } from './check-tests.ts'

/** What a catalog's names are checked against, and where problems go. */
export type References = {
  catalog: Catalog
  ids: ReadonlyMap<string, ReadonlySet<string>>
  questions: ReadonlyMap<string, Question>
  ghosts: ReadonlySet<string>
  problems: Problem[]
}

/** Every name leads to something, and no id is given twice. `ghosts` are ids of items that are there but faulty. */
export function checkReferences(catalog: Catalog, ghosts: ReadonlySet<string> = new Set()): Problem[] {
  const r: References = {
    catalog,
    ids: new Map(
      [...parts, 'sources' as const, 'lists' as const].map((part) => [
        part,
        new Set(catalog[part].map((item) => item.id)),
      ]),
    ),
    questions: new Map(catalog.questions.map((q) => [q.id, q])),
    ghosts,
    problems: [],
  }
  for (const part of [...parts, 'sources', 'lists'] as const) unique(r, catalog[part], [part])
  catalog.questions.forEach((q, i) => checkQuestion(r, q, ['questions', i]))
  catalog.values.forEach((v, i) => checkNum(r, v.expr, ['values', i, 'expr']))
  checkLevels(r)
  checkTables(r)
  checkOutcomesAndDuties(r)
  checkLists(r)
  checkDecide(r)
  return r.problems
}

export function unique(r: References, items: readonly { id: string }[] | undefined, at: Path): void {
  const seen = new Set<string>()
  items?.forEach((item, i) => {
    if (seen.has(item.id)) r.problems.push({ path: [...at, i, 'id'], code: 'duplicate-id', params: { id: item.id } })
    seen.add(item.id)
  })
}
export function named(r: References, part: string, id: string | undefined, path: Path): void {
  if (id === undefined || r.ids.get(part)?.has(id) || r.ghosts.has(id)) return
  r.problems.push({ path, code: 'no-such-item', params: { part, id, near: nearest(id, r.ids.get(part) ?? []) } })
}
function allNamed(r: References, part: string, ids: readonly string[] | undefined, path: Path): void {
  ids?.forEach((id, i) => named(r, part, id, [...path, i]))
}

/** The most similar name, if any is similar enough to be meant. */
export function nearest(id: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(id.length / 3)) + 1
  for (const name of names) {
    const d = distance(id, name)
    if (d < least) [best, least] = [name, d]
  }
  return best
}
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

function checkQuestion(r: References, q: Question, at: Path): void {
  named(r, 'sections', q.section, [...at, 'section'])
  if (q['show-when']) checkCond(r, q['show-when'], [...at, 'show-when'])
  checkGoto(r, q.goto, [...at, 'goto'])
  if (q.kind === 'number') for (const s of Object.keys(q.weights ?? {})) named(r, 'scores', s, [...at, 'weights', s])
  if (!('options' in q)) return
  unique(r, q.options, [...at, 'options'])
  q.options.forEach((option, i) => {
    const here = [...at, 'options', i]
    for (const s of Object.keys(option.weights ?? {})) named(r, 'scores', s, [...here, 'weights', s])
    allNamed(r, 'labels', option.labels, [...here, 'labels'])
    checkGoto(r, option.goto, [...here, 'goto'])
    if (option.exclusive && q.kind === 'single')
      r.problems.push({ path: [...here, 'exclusive'], code: 'exclusive-in-single', params: {} })
  })
  for (const [code, id] of Object.entries(q['register-field']?.values ?? {}))
    if (!q.options.some((option) => option.id === id))
      r.problems.push({
        path: [...at, 'register-field', 'values', code],
        code: 'no-such-option',
        params: { id, question: q.id },
      })
}

function checkGoto(r: References, goto: Goto | undefined, at: Path): void {
  if (goto === undefined) return
  if (!r.catalog.decide || !('tree' in r.catalog.decide)) {
    r.problems.push({ path: at, code: 'goto-without-tree', params: {} })
    return
  }
  if (typeof goto === 'string') named(r, 'questions', goto, at)
  else if (!Array.isArray(goto)) named(r, 'outcomes', goto.outcome, [...at, 'outcome'])
  else
    goto.forEach((entry, i) => {
      if (entry.when) checkCond(r, entry.when, [...at, i, 'when'])
      if ('question' in entry) named(r, 'questions', entry.question, [...at, i, 'question'])
      else named(r, 'outcomes', entry.outcome, [...at, i, 'outcome'])
    })
}

export function checkCond(r: References, cond: Cond, at: Path, inDuty = false): void {
  checkTest(r, cond, at)
  visitCond(cond, (ref, path) => checkRef(r, ref, [...at, ...path], inDuty))
}
function checkNum(r: References, num: Num, at: Path): void {
  checkTest(r, num, at)
  visitNum(num, (ref, path) => checkRef(r, ref, [...at, ...path], false))
}
function checkRef(r: References, ref: Ref, path: Path, inDuty: boolean): void {
  switch (ref.kind) {
    case 'question':
    case 'answer':
    case 'points':
    case 'carrier':
      named(r, 'questions', ref.id, [...path, ref.kind])
      if (ref.kind === 'points') named(r, 'scores', ref.score, [...path, 'in'])
      return
    case 'score':
    case 'maximum':
      named(r, 'scores', ref.id, [...path, ref.kind])
      return
    case 'value':
      named(r, 'values', ref.id, [...path, 'value'])
      return
    case 'label':
      named(r, 'labels', ref.id, [...path, 'label'])
      return
    case 'outcome':
      named(r, 'outcomes', ref.id, [...path, 'outcome'])
      if (!inDuty) r.problems.push({ path: [...path, 'outcome'], code: 'outcome-only-in-duties', params: {} })
      return
    case 'level':
      named(r, 'levels', ref.id, [...path, 'level'])
      checkBands(r, ref.id, ref.bands, path)
      return
    case 'table':
      named(r, 'tables', ref.id, [...path, 'table'])
      checkGives(r, ref.id, ref.gives, path)
  }
}
function checkBands(r: References, id: string, bands: readonly string[], path: Path): void {
  const level = r.catalog.levels.find((l) => l.id === id)
  if (!level) return
  for (const band of bands)
    if (!level.bands.some((b) => b.id === band))
      r.problems.push({
        path,
        code: 'no-such-band',
        params: { level: id, id: band, allowed: level.bands.map((b) => b.id) },
      })
}
function checkGives(r: References, id: string, gives: string, path: Path): void {
  const table = r.catalog.tables.find((t) => t.id === id)
  if (table && ![...table.rules, table.otherwise].some((rule) => rule?.gives === gives))
    r.problems.push({ path, code: 'table-never-gives', params: { table: id, gives } })
}

function checkLevels(r: References): void {
  r.catalog.levels.forEach((level, l) => {
    checkNum(r, level.of, ['levels', l, 'of'])
    if (level['share-of'] !== undefined) checkNum(r, level['share-of'], ['levels', l, 'share-of'])
    unique(r, level.bands, ['levels', l, 'bands'])
    level.bands.forEach((band, b) => {
      named(r, 'outcomes', band.outcome, ['levels', l, 'bands', b, 'outcome'])
      allNamed(r, 'duties', band.duties, ['levels', l, 'bands', b, 'duties'])
    })
  })
}
function checkTables(r: References): void {
  const { decide } = r.catalog
  r.catalog.tables.forEach((table, t) => {
    const deciding = decide !== undefined && 'table' in decide && decide.table === table.id
    const all = table.rules.map((rule, i) => ({ rule, at: ['tables', t, 'rules', i] as Path }))
    unique(r, [...table.rules, ...(table.otherwise ? [table.otherwise] : [])], ['tables', t, 'rules'])
    for (const { rule, at } of all) {
      checkCond(r, rule.when, [...at, 'when'])
      rule['looks-at']?.forEach((id, i) => named(r, 'questions', id, [...at, 'looks-at', i]))
    }
    const last = table.otherwise ? [{ rule: table.otherwise, at: ['tables', t, 'otherwise'] as Path }] : []
    for (const { rule, at } of [...all, ...last]) {
      allNamed(r, 'labels', rule.labels, [...at, 'labels'])
      allNamed(r, 'duties', rule.duties, [...at, 'duties'])
      if (deciding) named(r, 'outcomes', rule.gives, [...at, 'gives'])
    }
  })
}
function checkOutcomesAndDuties(r: References): void {
  r.catalog.outcomes.forEach((outcome, i) => {
    allNamed(r, 'duties', outcome.duties, ['outcomes', i, 'duties'])
    if (outcome.id === cannotDecide)
      r.problems.push({ path: ['outcomes', i, 'id'], code: 'reserved-id', params: { id: outcome.id } })
  })
  const items = new Set(r.catalog.lists.flatMap((list) => (list.items ?? []).map((item) => item.id)))
  r.catalog.duties.forEach((duty, i) => {
    if (duty.when) checkCond(r, duty.when, ['duties', i, 'when'], true)
    if (typeof duty.role === 'string' && !items.has(duty.role) && !r.ghosts.has(duty.role))
      r.problems.push({
        path: ['duties', i, 'role'],
        code: 'no-such-item',
        params: { part: 'lists', id: duty.role, near: nearest(duty.role, items) },
      })
  })
}
function checkLists(r: References): void {
  r.catalog.lists.forEach((list, l) => {
    unique(r, list.groups, ['lists', l, 'groups'])
    unique(r, list.items, ['lists', l, 'items'])
    if ((parts as readonly string[]).includes(list.id))
      r.problems.push({ path: ['lists', l, 'id'], code: 'reserved-id', params: { id: list.id } })
    const groups = new Set(list.groups?.map((g) => g.id))
    list.items?.forEach((item, i) => {
      const at = ['lists', l, 'items', i]
      unique(r, item.details, [...at, 'details'])
      if (item.group !== undefined && !groups.has(item.group))
        r.problems.push({
          path: [...at, 'group'],
          code: 'no-such-item',
          params: { part: 'groups', id: item.group, near: nearest(item.group, groups) },
        })
      if (item['applies-when']) checkCond(r, item['applies-when'], [...at, 'applies-when'], true)
    })
  })
}
function checkDecide(r: References): void {
  const { decide } = r.catalog
  if (!decide) return
  if ('table' in decide) named(r, 'tables', decide.table, ['decide', 'table'])
  else if ('tree' in decide) named(r, 'questions', decide.tree, ['decide', 'tree'])
  else {
    named(r, 'levels', decide.level, ['decide', 'level'])
    const l = r.catalog.levels.findIndex((level) => level.id === decide.level)
    r.catalog.levels[l]?.bands.forEach((band, b) => {
      if (band.outcome === undefined)
        r.problems.push({ path: ['levels', l, 'bands', b], code: 'band-without-outcome', params: { band: band.id } })
    })
  }
}
