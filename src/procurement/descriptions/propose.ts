import type { Description, Place } from './model.ts'
import type { DescriptionRules } from './rules.ts'

type Words = { readonly ja: string; readonly en: string }

/** What a description says to one item. It is shown; whether it becomes part of an answer a person decides. */
export type Proposal = {
  readonly item: string
  readonly why: Words
  readonly statements: readonly {
    readonly topic: string
    readonly title: Words
    readonly text: string
    readonly cut: boolean
    readonly place: Place
  }[]
}

/** @param items  ids of the items that were asked. Items to which nothing speaks are left out: nothing said is no answer. */
export function propose(description: Description, rules: DescriptionRules, items: readonly string[]): Proposal[] {
  const titles = new Map(rules.topics.map(({ id, title }) => [id, title]))
  return rules.proposals
    .filter(({ item }) => items.includes(item))
    .map(({ item, topics, why }) => ({
      item,
      why,
      statements: topics.flatMap((topic) =>
        description.statements
          .filter((one) => one.topic === topic)
          .map(({ text, cut, place }) => ({ topic, title: titles.get(topic)!, text, cut, place })),
      ),
    }))
    .filter(({ statements }) => statements.length > 0)
}
