import type { ReactNode } from 'react'

import type { Catalog } from '#catalog/model.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'

import { BothTexts } from './both-texts.tsx'
import { CaseItem } from './case-item.tsx'
import { conditionWords } from './condition-words.ts'
import { finds } from './find.ts'
import { ItemCard } from './item-card.tsx'
import { QuestionItem } from './question-item.tsx'
import { DutyItem, LevelItem, OutcomeItem, ScoreItem, TableItem, ValueItem } from './rule-items.tsx'

/** The parts in the order in which a person reads them: what is asked, how it is weighed, what comes out. */
export const partOrder = [
  'questions',
  'levels',
  'tables',
  'outcomes',
  'duties',
  'values',
  'scores',
  'labels',
  'cases',
] as const
export type PartName = (typeof partOrder)[number]

type Props = { catalog: Catalog; sought: string }

/** How many items of every part match; parts without any are left out. */
export const found = (catalog: Catalog, sought: string): readonly (readonly [PartName, number])[] =>
  partOrder
    .map((part) => [part, catalog[part].filter((item) => finds(item, sought)).length] as const)
    .filter(([, n]) => n > 0)

export function Parts({ catalog, sought }: Props) {
  return (
    <>
      {found(catalog, sought).map(([part]) => (
        <PartView key={part} part={part} catalog={catalog} sought={sought} />
      ))}
      <Sources catalog={catalog} sought={sought} />
    </>
  )
}

function PartView({ part, catalog, sought }: Props & { part: PartName }) {
  const t = useTexts()
  const { language } = useLanguage()
  const words = conditionWords(catalog, t, language)
  const keep = <T,>(items: readonly T[]): readonly T[] => items.filter((item) => finds(item, sought))
  const items: Record<PartName, () => ReactNode> = {
    questions: () =>
      keep(catalog.questions).map((q) => <QuestionItem key={q.id} catalog={catalog} question={q} words={words} />),
    levels: () => keep(catalog.levels).map((l) => <LevelItem key={l.id} catalog={catalog} item={l} words={words} />),
    tables: () => keep(catalog.tables).map((x) => <TableItem key={x.id} catalog={catalog} item={x} words={words} />),
    outcomes: () =>
      keep(catalog.outcomes)
        .toSorted((a, b) => b.strictness - a.strictness)
        .map((o) => <OutcomeItem key={o.id} catalog={catalog} item={o} />),
    duties: () => keep(catalog.duties).map((d) => <DutyItem key={d.id} catalog={catalog} item={d} words={words} />),
    values: () => keep(catalog.values).map((v) => <ValueItem key={v.id} catalog={catalog} item={v} words={words} />),
    scores: () => keep(catalog.scores).map((s) => <ScoreItem key={s.id} catalog={catalog} item={s} />),
    labels: () => keep(catalog.labels).map((l) => <ItemCard key={l.id} catalog={catalog} part="labels" item={l} />),
    cases: () => keep(catalog.cases).map((c) => <CaseItem key={c.id} catalog={catalog} item={c} />),
  }
  const help: Readonly<Record<string, string>> = t.catalog.partHelp
  return (
    <Section
      title={t.catalog.parts[part]}
      id={part}
      aside={t.catalog.count(formatNumber(keep<unknown>(catalog[part]).length))}
    >
      {help[part] !== undefined && <p className="text-note text-solid-gray-700">{help[part]}</p>}
      {items[part]()}
    </Section>
  )
}

/** The documents this edition rests on, with what kind of source each is. */
function Sources({ catalog, sought }: Props) {
  const t = useTexts()
  const sources = catalog.sources.filter((source) => finds(source, sought))
  if (sources.length === 0) return null
  return (
    <Section title={t.catalog.parts.sources} id="sources" aside={t.catalog.count(formatNumber(sources.length))}>
      <p className="text-note text-solid-gray-700">{t.catalog.partHelp.sources}</p>
      {sources.map((source) => (
        <article key={source.id} id={`sources-${source.id}`} className="border-b border-solid-gray-200 py-3">
          <h3 className="text-std-16N-170">
            <BothTexts catalog={catalog} text={source.title} around={[{ provenance: source.kind }]} strong />
          </h3>
          {source.publisher && (
            <BothTexts catalog={catalog} text={source.publisher} around={[{ provenance: source.kind }]} />
          )}
          {source.note && <BothTexts catalog={catalog} text={source.note} around={[{ provenance: 'preset' }]} />}
          <p className="text-note break-all">
            {source.date} {source.url !== undefined && <Link href={source.url}>{source.url}</Link>}
          </p>
        </article>
      ))}
    </Section>
  )
}
