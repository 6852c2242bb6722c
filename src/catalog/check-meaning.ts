import type { Bounds, Catalog } from './model.ts'
import { languagesOf, marksOfText } from './model-texts.ts'
import { type NodeKey, dependenciesOf, entriesOf, gotosOf, refsByNode, treeQuestions } from './dependencies.ts'
import { dayNumber, openSpan } from './domains.ts'
import { type Path, type Ref, refsOfCond } from './expressions.ts'
import type { Problem } from './faults.ts'
import { groups } from './groups.ts'
import { snap } from './ranges.ts'

/** What the shape and the names cannot say: languages, days, bounds, loops. */
export function checkMeaning(catalog: Catalog): Problem[] {
  return [
    ...checkTexts(catalog),
    ...checkCharacters(catalog),
    ...checkSources(catalog),
    ...checkDays(catalog),
    ...checkBounds(catalog),
    ...checkLoops(catalog),
    ...checkRows(catalog),
    ...checkTree(catalog),
    ...checkMaximums(catalog),
  ]
}

/** Keys whose value is a text in each language. */
export const textKeys: ReadonlySet<string> = new Set([
  'title',
  'text',
  'help',
  'note',
  'publisher',
  'official-title',
  'looks-at',
  'example',
  'unit',
  'asks',
  'role',
])
const textLists = new Set(['evidence', 'notes'])
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Calls `visit` for every text of the catalog; answers of cases and expressions hold none. */
export function visitTexts(
  value: unknown,
  visit: (text: Record<string, unknown>, path: Path) => void,
  path: Path = [],
): void {
  if (Array.isArray(value)) value.forEach((item, i) => visitTexts(item, visit, [...path, i]))
  else if (isMap(value))
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key]
      if (textKeys.has(key) && isMap(inner)) visit(inner, at)
      else if (textLists.has(key) && Array.isArray(inner))
        inner.forEach((text, i) => isMap(text) && visit(text, [...at, i]))
      else if (key !== 'answers' && key !== 'expect' && key !== 'when') visitTexts(inner, visit, at)
    }
}
function checkTexts(catalog: Catalog): Problem[] {
  const problems: Problem[] = []
  visitTexts(catalog, (text, path) => {
    const written = languagesOf(text)
    for (const language of catalog.languages) {
      const words = Object.hasOwn(text, language) ? text[language] : undefined
      if (typeof words !== 'string' || words.trim() === '')
        problems.push({ path, code: 'missing-text', params: { language } })
    }
    for (const language of written)
      if (!catalog.languages.includes(language))
        problems.push({
          path: [...path, language],
          code: 'language-not-declared',
          params: { language, declared: catalog.languages, marks: marksOfText },
        })
  })
  return problems
}

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u
/** Control characters, which nobody sees and databases refuse, in any text, name or answer. */
function checkCharacters(value: unknown, path: Path = []): Problem[] {
  if (typeof value === 'string') {
    const found = control.exec(value)?.[0].codePointAt(0)
    const character = `U+${(found ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    return found === undefined ? [] : [{ path, code: 'control-character', params: { character } }]
  }
  if (Array.isArray(value)) return value.flatMap((item, i) => checkCharacters(item, [...path, i]))
  return isMap(value) ? Object.entries(value).flatMap(([key, inner]) => checkCharacters(inner, [...path, key])) : []
}

/** Every `source` anywhere names a document of `sources`. */
function checkSources(catalog: Catalog): Problem[] {
  const known = new Set(catalog.sources.map((s) => s.id))
  const problems: Problem[] = []
  const visit = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, [...path, i]))
    else if (isMap(value))
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'answers') continue
        if (key === 'source')
          [inner].flat().forEach((place: unknown, i) => {
            const id = isMap(place) ? place['document'] : undefined
            const at = Array.isArray(inner) ? [...path, key, i] : [...path, key]
            if (typeof id === 'string' && !known.has(id))
              problems.push({ path: [...at, 'document'], code: 'no-such-item', params: { part: 'sources', id } })
          })
        else visit(inner, [...path, key])
      }
  }
  visit(catalog, [])
  return problems
}

function checkDays(catalog: Catalog): Problem[] {
  const problems: Problem[] = []
  const day = (value: string | undefined, path: Path): void => {
    if (value !== undefined && dayNumber(value) === undefined)
      problems.push({ path, code: 'no-such-day', params: { value } })
  }
  day(catalog.released, ['released'])
  catalog.sources.forEach((s, i) => day(s.date, ['sources', i, 'date']))
  catalog.questions.forEach((q, i) => {
    if (q.kind === 'date') for (const key of ['min', 'max'] as const) day(q[key], ['questions', i, key])
    if ((q.kind === 'number' || q.kind === 'date') && q.min !== undefined && q.max !== undefined && q.min > q.max)
      problems.push({ path: ['questions', i, 'min'], code: 'min-above-max', params: { min: q.min, max: q.max } })
  })
  return problems
}

function checkBounds(catalog: Catalog): Problem[] {
  const problems: Problem[] = []
  const each = (bands: readonly (Bounds & { id?: string })[], path: Path, gaps: boolean): void => {
    bands.forEach((band, i) => {
      const twice =
        (band.from !== undefined && band.above !== undefined) || (band.to !== undefined && band.below !== undefined)
      if (twice) problems.push({ path: [...path, i], code: 'bounds-twice', params: {} })
      const next = bands[i + 1]
      if (!next || !gaps) return
      const joint = jointOf(band, next)
      if (joint !== 'fits')
        problems.push({ path: [...path, i + 1], code: joint, params: { band: band.id ?? i, next: next.id ?? i + 1 } })
    })
  }
  catalog.levels.forEach((level, i) => each(level.bands, ['levels', i, 'bands'], true))
  catalog.questions.forEach((q, i) => {
    if (q.kind !== 'number') return
    for (const [score, weight] of Object.entries(q.weights ?? {}))
      if ('bands' in weight) {
        each(weight.bands, ['questions', i, 'weights', score, 'bands'], false)
        problems.push(...overlaps(weight.bands, ['questions', i, 'weights', score, 'bands']))
      }
  })
  return problems
}
/** One bound ends a band, the next begins there; exactly one of the two holds the bound itself. */
function jointOf(band: Bounds, next: Bounds): 'fits' | 'bands-overlap' | 'bands-leave-gap' {
  const end = band.to ?? band.below
  const start = next.from ?? next.above
  if (end === undefined || start === undefined) return 'bands-overlap'
  if (snap(end) < snap(start)) return 'bands-leave-gap'
  if (snap(end) > snap(start)) return 'bands-overlap'
  const held = (band.to !== undefined ? 1 : 0) + (next.from !== undefined ? 1 : 0)
  return held === 1 ? 'fits' : held === 2 ? 'bands-overlap' : 'bands-leave-gap'
}
function low(b: Bounds): number {
  return b.from ?? b.above ?? -Infinity
}
function overlaps(bands: readonly Bounds[], path: Path): Problem[] {
  const sorted = bands.map((band, i) => ({ band, i })).toSorted((a, b) => low(a.band) - low(b.band))
  return sorted.flatMap(({ band }, k) => {
    const next = sorted[k + 1]
    return next && jointOf(band, next.band) === 'bands-overlap'
      ? [{ path: [...path, next.i], code: 'bands-overlap' as const, params: { band: k, next: next.i } }]
      : []
  })
}

/** Follows edges and reports every loop once, at the place where it was found. */
function loops<K extends string>(keys: readonly K[], next: (key: K) => readonly K[]): K[][] {
  const state = new Map<K, 'open' | 'done'>()
  const found: K[][] = []
  for (const start of keys) {
    const way: { key: K; rest: K[] }[] = []
    const enter = (key: K): void => {
      const seen = state.get(key)
      if (seen === 'open') found.push([...way.map((w) => w.key).slice(way.findIndex((w) => w.key === key)), key])
      if (seen) return
      state.set(key, 'open')
      way.push({ key, rest: [...next(key)] })
    }
    enter(start)
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const to = top.rest.shift()
      if (to !== undefined) enter(to)
      else {
        state.set(top.key, 'done')
        way.pop()
      }
    }
  }
  return found
}
const partOf: Record<string, string> = {
  question: 'questions',
  score: 'scores',
  value: 'values',
  label: 'labels',
  level: 'levels',
  table: 'tables',
}

/** Questions, values and tables that rest on each other in a row; the engine goes down as deep. */
const longestRow = 500

/** Where a row of things that rest on each other passes the limit; loops are for `checkLoops`. */
function checkRows(catalog: Catalog): Problem[] {
  const refs = refsByNode(catalog)
  const keys = [...refs.keys()]
  const at = new Map(keys.map((key, i) => [key, i]))
  const next = keys.map((key) => dependenciesOf(refs.get(key) ?? []).flatMap((k) => at.get(k) ?? []))
  const length = keys.map(() => 0)
  for (const group of groups(next)) {
    const below = group.flatMap((i) => next[i]!).reduce((most, i) => Math.max(most, length[i]!), 0)
    for (const i of group) length[i] = below + 1
  }
  const first = length.indexOf(longestRow + 1)
  return first < 0 ? [] : [{ ...placeOf(catalog, keys[first]!), code: 'row-too-long', params: { most: longestRow } }]
}

function checkLoops(catalog: Catalog): Problem[] {
  const refs = refsByNode(catalog)
  const tree = new Set(treeQuestions(catalog))
  // Inside the tree what is shown follows from the way walked, not from conditions.
  const next = (key: NodeKey): NodeKey[] =>
    key.startsWith('question:') && tree.has(key.slice('question:'.length))
      ? []
      : dependenciesOf(refs.get(key) ?? []).filter((k) => refs.has(k))
  return loops([...refs.keys()], next).map((way) => ({
    ...placeOf(catalog, way[0]!),
    code: 'loop',
    params: { way },
  }))
}
function placeOf(catalog: Catalog, key: NodeKey): { path: Path } {
  const [kind = '', ...rest] = key.split(':')
  const part = partOf[kind] as 'questions'
  return { path: [part, catalog[part].findIndex((item) => item.id === rest.join(':'))] }
}

function checkTree(catalog: Catalog): Problem[] {
  const tree = treeQuestions(catalog)
  const byId = new Map(catalog.questions.map((q, i) => [q.id, { q, i }]))
  // Where conditions guard a loop, whether a way comes back is for the proof to say: it tries the ways.
  const next = (id: string): string[] => {
    const found = byId.get(id)
    return found
      ? gotosOf(found.q).flatMap((goto) => {
          const [first] = entriesOf(goto)
          return first?.question !== undefined && !first.when && byId.has(first.question) ? [first.question] : []
        })
      : []
  }
  const problems: Problem[] = loops(tree, next).map((way) => ({
    path: ['questions', byId.get(way[0]!)!.i],
    code: 'loop',
    params: { way },
  }))
  for (const id of tree) {
    const { q, i } = byId.get(id)!
    if (q['show-when'])
      problems.push({ path: ['questions', i, 'show-when'], code: 'show-when-in-tree', params: { question: id } })
  }
  return problems
}

/** A maximum is asked for but has none, because a number that gives points per unit has no `max`. */
function checkMaximums(catalog: Catalog): Problem[] {
  const asked = new Set<string>()
  const note = (ref: Ref): void => void (ref.kind === 'maximum' && asked.add(ref.id))
  for (const refs of refsByNode(catalog).values()) refs.forEach(note)
  for (const duty of catalog.duties) refsOfCond(duty.when).forEach(note)
  return catalog.questions.flatMap((q, i) => {
    if (q.kind !== 'number') return []
    const { lo, hi } = openSpan(q)
    return Object.entries(q.weights ?? {}).flatMap(([score, weight]): Problem[] => {
      const each = 'per-unit' in weight ? weight['per-unit'] : 0
      const open = (each > 0 && hi === Infinity) || (each < 0 && lo === -Infinity)
      return open && asked.has(score)
        ? [
            {
              path: ['questions', i, 'weights', score],
              code: 'maximum-without-limit',
              params: { score, key: each > 0 ? 'max' : 'min' },
            },
          ]
        : []
    })
  })
}
