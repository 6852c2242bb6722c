import type { Catalog } from '#catalog/model.ts'
import { CatalogText, Mark } from '#web/catalog/cited-text.tsx'
import { anchorOf } from '#web/catalog/find.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'
import { Section } from '#web/ui/page.tsx'

/** The edition that verdicts are made by now, with whose rules it holds. */
export function InForce({ catalog, digest }: { catalog: Catalog; digest: string }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.finder.home
  return (
    <Section title={words.catalog} aside={<Link href={paths.catalog(catalog.id, catalog.edition)}>{words.read}</Link>}>
      <p className="mb-2 font-700">
        <CatalogText text={catalog.title} />
      </p>
      <DefinitionList
        items={[
          { term: words.edition, detail: t.catalog.shortEdition(catalog.id, catalog.edition) },
          { term: words.publisher, detail: <CatalogText text={catalog.publisher} /> },
          {
            term: words.released,
            detail: catalog.released === undefined ? t.catalog.list.notReleased : f.proseDate(catalog.released),
          },
          {
            term: words.rules,
            detail: (
              <ul>
                {catalog.tables.map((table) => (
                  <li key={table.id}>
                    <CatalogText text={table.title} />
                    <Mark
                      catalog={catalog}
                      cited={[table.title, table]}
                      of={table.id}
                      item={anchorOf('tables', table.id)}
                    />
                  </li>
                ))}
              </ul>
            ),
          },
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
    </Section>
  )
}
