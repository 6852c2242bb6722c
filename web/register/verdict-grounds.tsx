import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { Assessment } from '#finder/api.ts'
import { cannotDecide, type Catalog } from '#catalog/model.ts'
import type { Fired } from '#catalog/model-result.ts'
import { Mark, useCatalogText } from '#web/catalog/cited-text.tsx'
import { editionQuery } from '#web/catalog/load.ts'
import { markOfLevel, readSections } from '#web/finder/reading.ts'
import { worderOf } from '#web/finder/words.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'

type Props = { assessment: Assessment; children: ReactNode }

/** When and by which edition it was judged, the state of each axis, and the rules that decided, in the words of the edition. */
export function VerdictGrounds({ assessment, children }: Props) {
  const t = useTexts()
  const f = useFormat()
  const text = useCatalogText()
  const edition = useQuery(editionQuery(assessment.catalog, assessment.edition))
  const words = t.register.system.verdict
  if (edition.data === undefined) {
    return edition.isError ? <p className="mt-2">{words.failedCatalog}</p> : null
  }
  const catalog: Catalog = edition.data.catalog
  const { result } = assessment
  const decisive = result.fired.filter((one) => one.decisive)
  return (
    <>
      <p className="mt-1 text-note">
        {words.judgedOn(f.date(assessment.madeAt), text(catalog.title), assessment.edition)}
      </p>
      {children}
      <Axes catalog={catalog} assessment={assessment} />
      {result.outcome === cannotDecide && <Settling catalog={catalog} assessment={assessment} />}
      <ul aria-label={words.reasons}>
        {decisive.map((fired) => (
          <Reason key={`${fired.table}:${fired.rule}`} catalog={catalog} fired={fired} />
        ))}
      </ul>
    </>
  )
}

const bandLooks: Readonly<Record<string, string>> = {
  raised: 'border-orange-800 bg-orange-50',
  half: 'border-solid-gray-600',
}

function Axes({ catalog, assessment }: { catalog: Catalog; assessment: Assessment }) {
  const t = useTexts()
  const text = useCatalogText()
  const { levels } = assessment.result
  const axes = catalog.levels.filter(({ id }) => levels[id] !== undefined)
  if (axes.length === 0) return null
  return (
    <ul className="my-3 grid grid-cols-2 gap-2 text-note xl:grid-cols-4">
      {axes.map((level) => {
        const id = levels[level.id]?.band ?? null
        const band = level.bands.find((one) => one.id === id)
        const title = [markOfLevel(level), text(level.title)].find((one) => one !== undefined) ?? level.id
        return (
          <li
            key={level.id}
            className={classes(
              'rounded-6 border px-3 py-2 leading-snug',
              bandLooks[id ?? ''] ?? 'border-solid-gray-300',
            )}
          >
            <span className="block text-solid-gray-800">{sectionTitle(catalog, title, text) ?? text(level.title)}</span>
            <span className="font-700 text-solid-gray-900">
              {band === undefined ? t.register.system.verdict.axisUnknown : text(band.title)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** 「A 利用者」: the sign of the axis and the title of the section that asks for it. */
function sectionTitle(catalog: Catalog, mark: string, text: ReturnType<typeof useCatalogText>): string | undefined {
  const section = readSections(catalog).find((one) => one.mark === mark && !one.gate)
  return section?.item === undefined ? undefined : text(section.item.title)
}

function Settling({ catalog, assessment }: { catalog: Catalog; assessment: Assessment }) {
  const t = useTexts()
  const { language } = useLanguage()
  const words = worderOf(catalog, readSections(catalog), t, language)
  const { matter } = assessment.result
  return (
    <p className="border-t border-solid-gray-200 py-3">
      {t.register.system.verdict.cannotDecide(String(matter.length))}
      {t.ui.list(matter.map(words.question))}
    </p>
  )
}

function Reason({ catalog, fired }: { catalog: Catalog; fired: Fired }) {
  const text = useCatalogText()
  const table = catalog.tables.find(({ id }) => id === fired.table)
  const rule = table?.rules.find(({ id }) => id === fired.rule) ?? table?.otherwise
  if (table === undefined || rule === undefined) return null
  const title = text(rule.title)
  return (
    <li className="border-t border-solid-gray-200 py-3">
      <span className="font-700 text-solid-gray-900">{title}</span>{' '}
      <Mark catalog={catalog} cited={[rule.title, rule, table]} of={title} item={table.id} />
    </li>
  )
}
