import type { Catalog } from '#catalog/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'

import { BothTexts } from './both-texts.tsx'
import { CatalogText, useCatalogText } from './cited-text.tsx'

/** What the edition is: whose, of when, how it decides, and the fingerprint that assessments keep. */
export function About({ catalog, digest }: { catalog: Catalog; digest: string }) {
  const t = useTexts()
  const f = useFormat()
  const text = useCatalogText()
  const words = t.catalog.about
  const { decide } = catalog
  const decided = (): string => {
    if (decide === undefined) return words.decides.none
    if ('tree' in decide) return words.decides.tree
    const [items, id] = 'table' in decide ? [catalog.tables, decide.table] : [catalog.levels, decide.level]
    const found = items.find((one) => one.id === id)
    const title = found ? text(found.title) : id
    return 'table' in decide ? words.decides.table(title) : words.decides.level(title)
  }
  return (
    <Panel className="mb-6">
      <BothTexts catalog={catalog} text={catalog.title} around={[catalog]} />
      <DefinitionList
        items={[
          { term: t.catalog.list.publisher, detail: <CatalogText text={catalog.publisher} /> },
          {
            term: t.catalog.list.released,
            detail: catalog.released === undefined ? t.catalog.list.notReleased : f.proseDate(catalog.released),
          },
          { term: words.decide, detail: decided() },
          ...(catalog.note === undefined ? [] : [{ term: words.note, detail: <CatalogText text={catalog.note} /> }]),
          ...(catalog.url === undefined
            ? []
            : [{ term: words.original, detail: <Link href={catalog.url}>{catalog.url}</Link> }]),
          {
            term: words.digest,
            detail: (
              <>
                <code className="break-all">{digest}</code>
                <span className="block text-solid-gray-700">{words.digestHelp}</span>
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}
