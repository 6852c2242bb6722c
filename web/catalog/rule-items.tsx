import type { Catalog, Duty, Level, Outcome, Rule, Table } from '#catalog/model.ts'
import type { Text } from '#catalog/model-texts.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'

import { BothTexts } from './both-texts.tsx'
import { useCatalogText } from './cited-text.tsx'
import type { ConditionWords } from './condition-words.ts'
import { anchorOf } from './find.ts'
import { Fact, ItemCard, SourceLine } from './item-card.tsx'

type Of<T> = { catalog: Catalog; item: T; words: ConditionWords }

export function LevelItem({ catalog, item, words }: Of<Level>) {
  const t = useTexts()
  const names = t.catalog.item
  const share = item['share-of'] !== undefined
  return (
    <ItemCard catalog={catalog} part="levels" item={item}>
      <Fact name={names.of}>{words.num(item.of)}</Fact>
      {item['share-of'] !== undefined && <Fact name={names.shareOf}>{words.num(item['share-of'])}</Fact>}
      <Fact name={names.bands}>
        <ul>
          {item.bands.map((band) => (
            <li key={band.id} className="border-b border-solid-gray-200 py-1.5 last:border-0">
              <BothTexts catalog={catalog} text={band.title} around={[band, item]} inline />
              <span className="block">{words.bounds(band, share)}</span>
              <Requires catalog={catalog} ids={band.duties} />
            </li>
          ))}
        </ul>
      </Fact>
    </ItemCard>
  )
}

export function TableItem({ catalog, item, words }: Of<Table>) {
  const t = useTexts()
  const names = t.catalog.item
  return (
    <ItemCard catalog={catalog} part="tables" item={item}>
      <p className="mt-1 text-note">{names.hits[item.hit]}</p>
      <ol className="mt-2 border-l-4 border-solid-gray-200 pl-4">
        {item.rules.map((rule) => (
          <RuleItem key={rule.id} catalog={catalog} table={item} rule={rule} when={words.cond(rule.when)} />
        ))}
        {item.otherwise && <RuleItem catalog={catalog} table={item} rule={item.otherwise} when={names.otherwise} />}
      </ol>
    </ItemCard>
  )
}

type RuleProps = { catalog: Catalog; table: Table; rule: Omit<Rule, 'when'>; when: string }
function RuleItem({ catalog, table, rule, when }: RuleProps) {
  const t = useTexts()
  const anchor = anchorOf('tables', `${table.id}-${rule.id}`)
  return (
    <li id={anchor} className="scroll-mt-20 border-b border-solid-gray-200 py-3 last:border-0 target:bg-blue-50">
      <p className="text-note text-solid-gray-700">{t.finder.reasons.rule(rule.id)}</p>
      <BothTexts catalog={catalog} text={rule.title} around={[rule, table]} item={anchor} strong />
      <Fact name={t.catalog.item.when}>{when}</Fact>
      <Fact name={t.catalog.item.gives}>
        <OutcomeName catalog={catalog} id={rule.gives} />
      </Fact>
      <Requires catalog={catalog} ids={rule.duties} />
      <SourceLine catalog={catalog} item={rule} />
    </li>
  )
}

export function OutcomeName({ catalog, id }: { catalog: Catalog; id: string }) {
  const text = useCatalogText()
  const found = catalog.outcomes.find((o) => o.id === id)
  return found ? <Link href={`#${anchorOf('outcomes', id)}`}>{text(found.title)}</Link> : <>{id}</>
}

function Requires({ catalog, ids = [] }: { catalog: Catalog; ids?: readonly string[] | undefined }) {
  const t = useTexts()
  const text = useCatalogText()
  if (ids.length === 0) return null
  return (
    <Fact name={t.catalog.item.requires}>
      <ul className="list-disc pl-5">
        {ids.map((id) => {
          const duty = catalog.duties.find((d) => d.id === id)
          return (
            <li key={id}>
              <Link href={`#${anchorOf('duties', id)}`}>{duty ? text(duty.title) : id}</Link>
            </li>
          )
        })}
      </ul>
    </Fact>
  )
}

export function OutcomeItem({ catalog, item }: Omit<Of<Outcome>, 'words'>) {
  const t = useTexts()
  return (
    <ItemCard catalog={catalog} part="outcomes" item={item}>
      <Fact name={t.catalog.item.strictness}>{item.strictness}</Fact>
      <Requires catalog={catalog} ids={item.duties} />
    </ItemCard>
  )
}

export function DutyItem({ catalog, item, words }: Of<Duty>) {
  const t = useTexts()
  const text = useCatalogText()
  const role: string | Text | undefined = item.role
  const listed = catalog.lists.flatMap((list) => list.items ?? []).find(({ id }) => id === role)
  const name = listed ? text(listed.title) : typeof role === 'object' ? text(role) : role
  return (
    <ItemCard catalog={catalog} part="duties" item={item}>
      {name !== undefined && <Fact name={t.catalog.item.role}>{name}</Fact>}
      {item.when && <Fact name={t.catalog.item.when}>{words.cond(item.when)}</Fact>}
    </ItemCard>
  )
}

export function ValueItem({ catalog, item, words }: Of<Catalog['values'][number]>) {
  const t = useTexts()
  return (
    <ItemCard catalog={catalog} part="values" item={item}>
      <Fact name={t.catalog.item.expr}>{words.num(item.expr)}</Fact>
    </ItemCard>
  )
}

export function ScoreItem({ catalog, item }: Omit<Of<Catalog['scores'][number]>, 'words'>) {
  const t = useTexts()
  return (
    <ItemCard catalog={catalog} part="scores" item={item}>
      <p className="text-note">{t.catalog.item.combine[item.combine ?? 'sum']}</p>
    </ItemCard>
  )
}
