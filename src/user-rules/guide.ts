import type { Entry } from '#catalog/catalog-library.ts'
import { textIn } from '#catalog/model-texts.ts'
import type { ListItem } from '#catalog/model.ts'
import { AppError } from '#platform/errors.ts'

import { type ClauseContent, type Level, type Section, sections } from './model.ts'
import { type Setting, settingSchema, type Words } from './settings.ts'

/** A clause as the guide proposes it. */
export type Seed = {
  readonly id: string
  readonly content: ClauseContent
  /** The item of another catalog that it renders, such as a clause of the Model User's Rule; nothing for one of our own. */
  readonly renders: { readonly catalog: string; readonly edition: string; readonly item: string } | null
}

export type Guide = {
  readonly catalog: string
  readonly edition: string
  /** In the order of the guide. */
  readonly clauses: Readonly<Record<Level, readonly Seed[]>>
}

const lists = { ministry: 'ministry-rule', system: 'system-rule' } as const satisfies Record<Level, string>

const words = (text: ListItem['title'] | undefined): Words =>
  text === undefined ? { ja: '', en: '' } : { ja: textIn(text, 'ja'), en: textIn(text, 'en') }

/**
 * The guide in force: what a new rule begins with.
 * @throws AppError `unavailable` when a list is missing, or an item has a section or a setting that is not known
 */
export function guideOf(entry: Pick<Entry, 'catalog' | 'edition' | 'content'>): Guide {
  const { catalog, edition, content } = entry
  const clausesIn = (level: Level): Seed[] => {
    const list = content.lists.find(({ id }) => id === lists[level])
    if (!list) throw new AppError('unavailable', { reason: 'guide-faulty', catalog, edition, list: lists[level] })
    return (list.items ?? []).map((item) => seedOf(item, { catalog, edition }))
  }
  return { catalog, edition, clauses: { ministry: clausesIn('ministry'), system: clausesIn('system') } }
}

function seedOf(item: ListItem, at: { catalog: string; edition: string }): Seed {
  const faulty = (why: unknown) => new AppError('unavailable', { reason: 'guide-faulty', ...at, item: item.id, why })
  const section = sections.find((one): one is Section => one === item.group)
  if (section === undefined) throw faulty({ group: item.group })
  const settings = (item.settings ?? []).map((given): Setting => {
    const parsed = settingSchema.safeParse({ ...given, provenance: 'preset' })
    if (!parsed.success) throw faulty(parsed.error.issues)
    return parsed.data
  })
  const link = item.links?.find(({ relation }) => relation === 'based-on')
  return {
    id: item.id,
    content: {
      section,
      heading: words(item.title),
      text: words(item.text),
      staff: (item.staff ?? []).map(({ kind, text }) => ({ kind, ...words(text) })),
      settings,
      change: null,
      wordingOnly: null,
    },
    renders: link ? { catalog: link.catalog, edition: link.edition ?? '', item: link.item } : null,
  }
}

/**
 * What a first version begins with: of a ministry's rule the clauses of the Model User's Rule, of a system's all of them.
 * The further clauses of a ministry's rule are offered, not put in.
 */
export const firstClauses = (guide: Guide, level: Level): readonly Seed[] =>
  level === 'system' ? guide.clauses.system : guide.clauses.ministry.filter(({ renders }) => renders !== null)
