import { type Stage, stages } from '#register/fields.ts'
import type { Catalog, List, ListItem } from '#catalog/model.ts'
import type { Cited, Text } from '#catalog/model-texts.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { BothTexts } from './both-texts.tsx'
import { citationOf } from './citation.ts'
import { useCatalogText } from './cited-text.tsx'
import { conditionWords } from './condition-words.ts'
import { anchorOf } from './find.ts'
import { Fact, ItemCard } from './item-card.tsx'

type Props = { catalog: Catalog; list: List; item: ListItem }

/** One item of a list: what it asks, the evidence, when in the life of a system, details, notes and links. */
export function ListItemView({ catalog, list, item }: Props) {
  const t = useTexts()
  const { language } = useLanguage()
  const names = t.catalog.item
  const words = conditionWords(catalog, t, language)
  const stageName = (id: string) =>
    (stages as readonly string[]).includes(id) ? t.fields.codes.stage[id as Stage] : id
  const texts = (name: string, all: readonly Text[] | undefined) =>
    all && all.length > 0 && <Texts name={name} texts={all} around={[item]} catalog={catalog} />
  return (
    <ItemCard catalog={catalog} part={list.id} item={item} sign={item.number}>
      {item.asks && (
        <Fact name={names.asks}>
          <BothTexts catalog={catalog} text={item.asks} around={[item]} />
        </Fact>
      )}
      {texts(names.evidence, item.evidence)}
      {item.stage !== undefined && <Fact name={names.stage}>{stageName(item.stage)}</Fact>}
      {item['applies-when'] && <Fact name={names.when}>{words.cond(item['applies-when'])}</Fact>}
      {item.details && item.details.length > 0 && (
        <Fact name={names.details}>
          <ul>
            {item.details.map((detail) => (
              <li
                key={detail.id}
                id={anchorOf(list.id, `${item.id}-${detail.id}`)}
                className="border-b border-solid-gray-200 py-1.5 last:border-0"
              >
                <BothTexts catalog={catalog} text={detail.title ?? detail.text} around={[detail, item]} />
                {detail.title && <BothTexts catalog={catalog} text={detail.text} around={[detail, item]} />}
                {detail.stage !== undefined && (
                  <span className="block text-solid-gray-700">
                    {names.stage}
                    {t.catalog.colon}
                    {stageName(detail.stage)}
                  </span>
                )}
                {(detail.notes ?? []).map((note) => (
                  <BothTexts key={JSON.stringify(note)} catalog={catalog} text={note} around={[detail, item]} />
                ))}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {texts(names.notes, item.notes)}
      {item.links && item.links.length > 0 && <LinkedItems catalog={catalog} item={item} />}
    </ItemCard>
  )
}

type TextsProps = { name: string; texts: readonly Text[]; around: readonly (Cited | undefined)[]; catalog: Catalog }
function Texts({ name, texts, around, catalog }: TextsProps) {
  return (
    <Fact name={name}>
      <ul className="list-disc pl-5">
        {texts.map((text) => (
          <li key={JSON.stringify(text)}>
            <BothTexts catalog={catalog} text={text} around={around} />
          </li>
        ))}
      </ul>
    </Fact>
  )
}

type Link = NonNullable<ListItem['links']>[number]

/** Items of other documents, each with the kind of relation and who says so; those of one document on one line. */
function LinkedItems({ catalog, item }: Omit<Props, 'list'>) {
  const t = useTexts()
  const text = useCatalogText()
  const { language } = useLanguage()
  const names = t.catalog.item
  const keyOf = ({ catalog: id, edition, relation, provenance, note }: Link) =>
    JSON.stringify([id, edition, relation, provenance, note])
  const groups = Map.groupBy(item.links ?? [], keyOf)
  return (
    <Fact name={names.links}>
      <ul>
        {[...groups].map(([key, [first, ...others]]) => (
          <li key={key}>
            {first && <LinkLine link={first} items={[first, ...others].map((link) => link.item)} />}
            {first && <ProvenanceTag provenance={citationOf(catalog, language, first).provenance} of={first.catalog} />}
            {first?.note && <span className="block">{text(first.note)}</span>}
          </li>
        ))}
      </ul>
    </Fact>
  )
}

function LinkLine({ link, items }: { link: Link; items: readonly string[] }) {
  const t = useTexts()
  const names = t.catalog.item
  const document = link.edition === undefined ? link.catalog : t.catalog.shortEdition(link.catalog, link.edition)
  return <>{names.link(document, t.ui.list(items), names.relations[link.relation] ?? link.relation)}</>
}
