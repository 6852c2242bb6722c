import type { Band, Catalog, Level, Option, Question } from '#catalog/model.ts'
import type { Cond } from '#catalog/model-expressions.ts'
import type { Result } from '#catalog/model-result.ts'
import { type Text, textIn } from '#catalog/model-texts.ts'

/** How a catalog is read as a form: any catalog, none of its ids is known here. */

export type Section = {
  readonly id: string
  /** The catalog's own section; questions without one stand under the catalog. */
  readonly item: Catalog['sections'][number] | undefined
  readonly questions: readonly Question[]
  /** Short sign of the section beside its questions: A, B … where a level bears it, else a number. */
  readonly mark: string
  /** Its answers carry no weight and decide which other questions are asked at all. */
  readonly gate: boolean
}

/** Questions that a condition names. */
export function questionsIn(cond: Cond | undefined): readonly string[] {
  if (cond === undefined) return []
  if ('all' in cond) return cond.all.flatMap(questionsIn)
  if ('any' in cond) return cond.any.flatMap(questionsIn)
  if ('not' in cond) return questionsIn(cond.not)
  return 'question' in cond ? [cond.question] : []
}

const weightsOf = (question: Question): readonly string[] => {
  if (question.kind === 'number') return Object.keys(question.weights ?? {})
  return 'options' in question ? question.options.flatMap((option) => Object.keys(option.weights ?? {})) : []
}

/** 「C 要機密情報…」 beside its own sign: the sign is not repeated. */
export const withoutMark = (title: string, mark: string): string =>
  title.startsWith(mark) && /^[\s\u3000.．:：、]+\S/.test(title.slice(mark.length))
    ? title.slice(mark.length).replace(/^[\s\u3000.．:：、]+/, '')
    : title

/** A text that all questions of a section share is said once. */
export const sharedText = (texts: readonly (Text | undefined)[]): Text | undefined =>
  texts.length > 1 && texts.every((one) => JSON.stringify(one) === JSON.stringify(texts[0])) ? texts[0] : undefined

/** The level that is read off one score alone; the score's answers then show its bands. */
const levelOfScore = (catalog: Catalog, score: string): Level | undefined =>
  catalog.levels.find((l) => typeof l.of === 'object' && 'score' in l.of && l.of.score === score && !l['share-of'])

/** 「軸A」 gives A, "Axis B" gives B: the letter or number a title ends with. */
export const endMark = (title: string): string | undefined => /[A-Z0-9]{1,3}$/.exec(title.trim())?.[0]

export const markOfLevel = (level: Level): string | undefined => endMark(textIn(level.title, 'ja'))

/** The questions a level hangs on, where it is read off one score; undefined where more goes into it. */
export function questionsOfLevel(catalog: Catalog, level: Level): readonly string[] | undefined {
  if (typeof level.of !== 'object' || !('score' in level.of)) return undefined
  const { score } = level.of
  return catalog.questions.filter((q) => weightsOf(q).includes(score)).map(({ id }) => id)
}

function levelOfSection(catalog: Catalog, questions: readonly Question[]): Level | undefined {
  const scores = new Set(questions.flatMap(weightsOf))
  const [score, ...others] = scores
  return score === undefined || others.length > 0 ? undefined : levelOfScore(catalog, score)
}

export function readSections(catalog: Catalog): readonly Section[] {
  const known = new Set(catalog.sections.map(({ id }) => id))
  const rest = catalog.questions.filter((q) => q.section === undefined || !known.has(q.section))
  const named = catalog.sections.map((item) => ({
    id: item.id,
    item,
    questions: catalog.questions.filter((q) => q.section === item.id),
  }))
  const groups = [...named, { id: 'rest', item: undefined, questions: rest }].filter((g) => g.questions.length > 0)
  let number = 0
  return groups.map((group) => {
    const gate = isGate(catalog, group.questions)
    const level = levelOfSection(catalog, group.questions)
    if (!gate) number += 1
    return { ...group, gate, mark: (level && markOfLevel(level)) ?? String(number) }
  })
}

function isGate(catalog: Catalog, questions: readonly Question[]): boolean {
  const own = new Set(questions.map(({ id }) => id))
  const asksOthers = catalog.questions.some(
    (q) => !own.has(q.id) && questionsIn(q['show-when']).some((id) => own.has(id)),
  )
  return asksOthers && questions.every((q) => weightsOf(q).length === 0)
}

export type OptionState =
  | { readonly kind: 'band'; readonly band: Band; readonly level: Level }
  | { readonly kind: 'points'; readonly points: readonly { readonly score: Text; readonly points: number }[] }

/** The band of a level that holds a value; bounds as the format defines them. */
export const bandAt = (level: Level, value: number): Band | undefined =>
  level.bands.find(
    (b) =>
      (b.from === undefined || value >= b.from) &&
      (b.above === undefined || value > b.above) &&
      (b.to === undefined || value <= b.to) &&
      (b.below === undefined || value < b.below),
  )

/**
 * What choosing an option means, shown at its right: the band it reaches where the highest answer alone gives the level,
 * else its points. Undefined where an answer carries no weight.
 */
export function optionState(catalog: Catalog, option: Option): OptionState | undefined {
  const weights = Object.entries(option.weights ?? {})
  const [only] = weights
  if (only === undefined) return undefined
  const [scoreId, points] = only
  const score = catalog.scores.find(({ id }) => id === scoreId)
  const level = weights.length === 1 ? levelOfScore(catalog, scoreId) : undefined
  const band = level && score?.combine === 'max' ? bandAt(level, points) : undefined
  if (level && band) return { kind: 'band', band, level }
  return {
    kind: 'points',
    points: weights.map(([id, n]) => ({
      score: catalog.scores.find((s) => s.id === id)?.title ?? { ja: id, en: id },
      points: n,
    })),
  }
}

export type VisibleSection = { readonly section: Section; readonly questions: readonly Question[] }

/** What is asked now. Questions that may still be asked come after the gate has been answered. */
export function visibleSections(sections: readonly Section[], result: Result): readonly VisibleSection[] {
  const asked = new Set([...result.visible, ...result.maybeVisible])
  return sections
    .map((section) => ({ section, questions: section.questions.filter((q) => asked.has(q.id)) }))
    .filter(({ questions }) => questions.length > 0)
}

/** The gate has been passed: all its questions are answered, and questions beyond it are asked for certain. */
export const gatePassed = (section: Section, result: Result): boolean =>
  section.gate &&
  section.questions.every((q) => !result.unanswered.includes(q.id)) &&
  result.visible.some((id) => section.questions.every((q) => q.id !== id))
