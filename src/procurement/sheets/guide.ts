import type { Entry } from '#catalog/catalog-library.ts'
import type { Compiled } from '#catalog/compiled.ts'
import type { ListItem, Question, Rule } from '#catalog/model.ts'
import { type Cited, provenanceIn, sourcesOf, type Text, textIn } from '#catalog/model-texts.ts'
import { AppError } from '#platform/errors.ts'

import { type Preset, proofStages, type SheetKind, sheetKinds, ways } from './model.ts'

type Edition = Pick<Entry, 'catalog' | 'edition' | 'digest' | 'compiled' | 'content'>
type Words = { readonly ja: string; readonly en: string }

export type GuideItem = {
  readonly item: string
  readonly sheet: SheetKind
  readonly position: number
  readonly group: string
  /** The number of its chapter and its place in it: `3.2.1`. */
  readonly chapter: string
  readonly preset: Preset
  /** The reason when no rule proposes it. */
  readonly leftOut: Words
}

/** One edition of the guide to the check sheets: what it asks of the register, proposes and words. */
export type Guide = {
  readonly catalog: string
  readonly edition: string
  readonly digest: string
  readonly compiled: Compiled
  readonly questions: readonly Question[]
  /** In the order of both sheets. */
  readonly items: readonly GuideItem[]
  readonly rules: ReadonlyMap<string, Rule>
  readonly markOf: (rule: Rule) => { readonly ja: Mark; readonly en: Mark }
}
type Mark = Preset['titleProvenance']['ja']

export const wordsOf = (text: Text): Words => ({ ja: textIn(text, 'ja'), en: textIn(text, 'en') })
const marksOf = (...nearest: readonly (Cited | undefined)[]) => ({
  ja: provenanceIn('ja', ...nearest),
  en: provenanceIn('en', ...nearest),
})

/**
 * @param entry the edition that `in-force.yaml` names for the part `procurement`
 * @throws AppError `unavailable` naming the items that lack a text or a reason to be left out, and rules that propose what
 *   is not in the lists: a sheet without them would leave something out in silence
 */
export function guideOf({ catalog, edition, digest, compiled, content }: Edition): Guide {
  const items = sheetKinds.flatMap((sheet) => {
    const list = content.lists.find((l) => l.id === sheet)
    const groups = list?.groups ?? []
    return (list?.items ?? []).map((item, position, all): GuideItem => {
      const group = groups.find((g) => g.id === item.group)
      const inGroup = all.filter((other) => other.group === item.group).indexOf(item) + 1
      const preset = presetOf(item, [list, content], group?.title ?? item.title)
      const leftOut = wordsOf(detail(item, 'left-out') ?? {})
      const chapter = `${preset.chapter.ja.split(' ')[0]}.${inGroup}`
      return { item: item.id, sheet, position: position + 1, group: item.group ?? '', chapter, preset, leftOut }
    })
  })
  const tables = content.tables.filter((table) => (sheetKinds as readonly string[]).includes(table.id))
  const rules = tables.flatMap((table) => table.rules)
  const known = new Set(items.map((i) => i.item))
  const lacking = items.filter(isLacking).map((i) => i.item)
  const strange = rules.filter((rule) => !known.has(rule.gives)).map((rule) => rule.id)
  if (items.length === 0 || lacking.length > 0 || strange.length > 0)
    throw new AppError('unavailable', { reason: 'not-a-procurement-guide', catalog, edition, lacking, strange })
  const markOf = (rule: Rule) => marksOf(rule.title, rule, content)
  return {
    catalog,
    edition,
    digest,
    compiled,
    questions: content.questions,
    items,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    markOf,
  }
}

const isLacking = ({ sheet, preset, leftOut }: GuideItem): boolean =>
  leftOut.ja === '' || preset.clause.ja === '' || (sheet === 'procurement-check' && preset.requirement.ja === '')

const detail = (item: ListItem, id: string): Text | undefined => item.details?.find((d) => d.id === id)?.text

function presetOf(item: ListItem, around: readonly (Cited | undefined)[], groupTitle: Text): Preset {
  const text = (id: string) => wordsOf(detail(item, id) ?? {})
  return {
    title: wordsOf(item.title),
    titleProvenance: marksOf(item.title, item, ...around),
    titleSource: sourcesOf(item.title, item, ...around),
    groupTitle: wordsOf(groupTitle),
    asks: item.asks ? wordsOf(item.asks) : null,
    requirement: text('requirement'),
    clause: text('clause'),
    evidence: (item.evidence ?? []).map(wordsOf),
    verification: ways.flatMap((way) => {
      const how = detail(item, way)
      return how ? [{ way, text: wordsOf(how) }] : []
    }),
    chapter: text('chapter'),
    stage: proofStages.find((stage) => stage === item.stage) ?? 'build-test',
    related: (item.links ?? []).filter((link) => link.relation === 'agreed-with').map((link) => link.item),
  }
}
