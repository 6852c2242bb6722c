import type { Catalog } from './model.ts'
import { type Cited, type Provenance, type Text, languagesOf } from './model-texts.ts'
import { visitTexts } from './check-meaning.ts'
import type { Path } from './expressions.ts'
import type { Problem } from './faults.ts'

type Item = { path: Path; item: Cited & { id: string }; around: Cited[] }

/** Every item with the items around it, nearest first; the catalog itself stands around all. */
function itemsOf(catalog: Catalog): Item[] {
  const found: Item[] = []
  const put = (path: Path, item: Cited & { id: string }, ...around: Cited[]): void =>
    void found.push({ path, item, around: [...around, catalog] })
  for (const part of [
    'sections',
    'questions',
    'scores',
    'values',
    'labels',
    'levels',
    'tables',
    'outcomes',
    'duties',
    'lists',
    'cases',
  ] as const)
    catalog[part].forEach((item, i) => put([part, i], item))
  catalog.questions.forEach(
    (q, i) => 'options' in q && q.options.forEach((option, o) => put(['questions', i, 'options', o], option, q)),
  )
  catalog.levels.forEach((level, i) => level.bands.forEach((band, b) => put(['levels', i, 'bands', b], band, level)))
  catalog.tables.forEach((table, i) => {
    table.rules.forEach((rule, r) => put(['tables', i, 'rules', r], rule, table))
    if (table.otherwise) put(['tables', i, 'otherwise'], table.otherwise, table)
  })
  catalog.lists.forEach((list, l) => {
    list.groups?.forEach((group, g) => put(['lists', l, 'groups', g], group, list))
    list.items?.forEach((item, i) => {
      put(['lists', l, 'items', i], item, list)
      item.details?.forEach((detail, d) => put(['lists', l, 'items', i, 'details', d], detail, item, list))
    })
  })
  return found
}

function marksIn(provenance: Cited['provenance']): Provenance[] {
  return provenance === undefined ? [] : typeof provenance === 'string' ? [provenance] : Object.values(provenance)
}

/** Each item says whose words it is; what is official or secondary names a document, official words an official one. */
export function proveSources(catalog: Catalog): Problem[] {
  const problems: Problem[] = []
  let headerLacks: Problem[] = []
  for (const { path, item, around } of itemsOf(catalog)) {
    const marked = [item, ...around].find((at) => at.provenance !== undefined)
    if (!marked && !everyTextIsMarked(item))
      problems.push({ path, code: 'missing-provenance', params: { id: item.id } })
    // Who marks nothing and cites nothing is judged where the mark stands.
    if (marked && (item.provenance !== undefined || item.source !== undefined))
      problems.push(...sourceFor(catalog, marked, [item, ...around], path))
    else if (marked === catalog && around.every((at) => at === catalog || at.source === undefined))
      headerLacks = sourceFor(catalog, catalog, [catalog], ['provenance'])
    visitOwnTexts(item, (text, at) =>
      problems.push(...sourceFor(catalog, text, [text, item, ...around], [...path, ...at])),
    )
  }
  return [...headerLacks, ...problems]
}

const nested = new Set(['options', 'bands', 'rules', 'otherwise', 'items', 'groups', 'details'])
function visitOwnTexts(item: object, visit: (text: Cited, path: Path) => void): void {
  const own = Object.fromEntries(Object.entries(item).filter(([key]) => !nested.has(key)))
  visitTexts(own, (text, at) => {
    if (text['provenance'] !== undefined) visit(text as Cited, at)
  })
}
function everyTextIsMarked(item: object): boolean {
  let all = true
  let any = false
  const own = Object.fromEntries(Object.entries(item).filter(([key]) => !nested.has(key)))
  visitTexts(own, (text) => {
    any = true
    const marks = (text as Text).provenance
    if (marks === undefined || (typeof marks !== 'string' && languagesOf(text).some((l) => marks[l] === undefined)))
      all = false
  })
  return any && all
}

function sourceFor(catalog: Catalog, marked: Cited, nearest: readonly Cited[], path: Path): Problem[] {
  const marks = marksIn(marked.provenance)
  const needs = marks.includes('official') ? 'official' : marks.includes('secondary') ? 'secondary' : undefined
  if (!needs) return []
  const source = nearest.find((at) => at.source !== undefined)?.source
  if (!source) return [{ path, code: 'missing-source', params: { provenance: needs } }]
  const kinds = [source].flat().map((place) => catalog.sources.find((d) => d.id === place.document)?.kind)
  const fits = needs === 'official' ? kinds.includes('official') : kinds.some((kind) => kind !== 'preset')
  return fits ? [] : [{ path, code: 'source-kind-differs', params: { provenance: needs, kinds } }]
}
