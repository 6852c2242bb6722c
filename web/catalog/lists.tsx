import type { Catalog } from '#catalog/model.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'

import { BothTexts } from './both-texts.tsx'
import { useCatalogText } from './cited-text.tsx'
import { finds } from './find.ts'

/** The lists of an edition: check sheets, model rule, roles. Each has a page of its own. */
export function Lists({ catalog, sought }: { catalog: Catalog; sought: string }) {
  const t = useTexts()
  const text = useCatalogText()
  const shown = catalog.lists
    .map((list) => ({ list, items: (list.items ?? []).filter((item) => finds(item, sought)) }))
    .filter(({ items }) => items.length > 0)
  if (shown.length === 0) return null
  return (
    <Section title={t.catalog.parts.lists} id="lists">
      <ul className="border-t border-solid-gray-200">
        {shown.map(({ list, items }) => (
          <li key={list.id} className="border-b border-solid-gray-200 py-3">
            <Link href={paths.catalogList(catalog.id, catalog.edition, list.id, { q: sought.trim() })} bold>
              {t.catalog.lists.open(text(list.title), formatNumber(items.length))}
            </Link>
            {list.text && <BothTexts catalog={catalog} text={list.text} around={[list]} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}
