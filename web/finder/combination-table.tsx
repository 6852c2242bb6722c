import { useMemo, useState } from 'react'

import { compile } from '#catalog/compile.ts'
import type { Catalog } from '#catalog/model.ts'
import { CatalogText, Mark } from '#web/catalog/cited-text.tsx'
import { anchorOf } from '#web/catalog/find.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Select } from '#web/ui/select.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { verdictIcon } from '#web/ui/tags.tsx'
import { useNarrow } from '#web/ui/use-narrow.ts'

import { type Combination, combinationsOf } from './combinations.ts'
import { lookOf, OutcomeTag } from './outcome-look.tsx'
import { markOfLevel, readSections } from './reading.ts'
import { type Worder, worderOf } from './words.ts'

const all = 'all'

/** Every combination of the axes with its result and the rule that decides it, worked out on the page. */
export function CombinationTable({ catalog }: { catalog: Catalog }) {
  const t = useTexts()
  const { language } = useLanguage()
  const combinations = useMemo(() => combinationsOf(catalog, compile(catalog)), [catalog])
  const [outcome, setOutcome] = useState(all)
  const words = worderOf(catalog, readSections(catalog), t, language)
  const texts = t.finder.home
  const narrow = useNarrow()
  if (combinations === undefined) return <p>{texts.tooMany}</p>
  const outcomes = [...new Set(combinations.map((c) => c.outcome))]
  const shown = combinations.filter((c) => outcome === all || c.outcome === outcome)
  const highest = (level: Catalog['levels'][number], band: string) => level.bands.at(-1)?.id === band
  const columns: readonly Column<Combination>[] = [
    ...catalog.levels.map((level): Column<Combination> => ({
      id: level.id,
      name: markOfLevel(level) ?? words.text(level.title),
      cell: ({ bands }) => {
        const band = level.bands.find((b) => b.id === bands[level.id])
        const name = band ? words.text(band.title) : ''
        return highest(level, band?.id ?? '') ? <b>{name}</b> : name
      },
    })),
    {
      id: 'outcome',
      name: texts.outcome,
      cell: (c) =>
        narrow ? (
          <NarrowOutcome catalog={catalog} combination={c} words={words} />
        ) : (
          <OutcomeTag catalog={catalog} outcome={c.outcome} words={words} />
        ),
    },
    ...(narrow ? [] : [{ id: 'rule', name: texts.rule, cell: (c: Combination) => t.ui.list(c.rules) }]),
  ]
  return (
    <>
      <p className="mb-3">{texts.combinationsText(formatNumber(combinations.length))}</p>
      <div className="mb-3 flex flex-wrap items-end gap-4">
        <Select
          label={texts.filter}
          value={outcome}
          onChange={setOutcome}
          choices={[
            { id: all, name: texts.filterAll },
            ...outcomes.map((id) => ({ id, name: words.shortOutcome(id) })),
          ]}
        />
        <output className="block pb-3 text-note">
          {texts.shown(formatNumber(shown.length), formatNumber(combinations.length))}
        </output>
      </div>
      <RuleLegend catalog={catalog} rules={[...new Set(combinations.flatMap((c) => c.rules))]} />
      <DataTable
        caption={texts.combinations}
        rows={shown}
        rowKey={(c) => JSON.stringify([c.bands, c.outcome])}
        columns={columns}
        dense
        neverCards
      />
    </>
  )
}

/** On a phone the result and its rules share a cell, so that the axes stay in view beside them. */
function NarrowOutcome({ catalog, combination, words }: { catalog: Catalog; combination: Combination; words: Worder }) {
  const t = useTexts()
  return (
    <span className="narrow-column">
      <span className="flex items-start gap-1">
        <Icon name={verdictIcon(lookOf(catalog, combination.outcome))} size={16} className="mt-0.5" />
        <b>{words.shortOutcome(combination.outcome)}</b>
      </span>
      {t.ui.list(combination.rules)}
    </span>
  )
}

/** What each rule of the table says, and whose rule it is. */
function RuleLegend({ catalog, rules }: { catalog: Catalog; rules: readonly string[] }) {
  const t = useTexts()
  const all = catalog.tables.flatMap((table) =>
    [...table.rules, ...(table.otherwise ? [table.otherwise] : [])].map((rule) => ({ table, rule })),
  )
  return (
    <>
      <h3 className="text-std-16B-170">{t.finder.home.tableRules}</h3>
      <dl className="mb-4 text-note">
        {all
          .filter(({ rule }) => rules.includes(rule.id))
          .map(({ table, rule }) => (
            <div key={rule.id} className="flex gap-3 border-b border-solid-gray-200 py-1.5">
              <dt className="keep w-24 shrink-0">{rule.id}</dt>
              <dd>
                <CatalogText text={rule.title} />
                <Mark
                  catalog={catalog}
                  cited={[rule.title, rule, table]}
                  of={t.finder.reasons.rule(rule.id)}
                  item={anchorOf('tables', `${table.id}-${rule.id}`)}
                />
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}
