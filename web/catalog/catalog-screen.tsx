import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { CatalogEdition } from '#catalog/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Button } from '#web/ui/button.tsx'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { About } from './about.tsx'
import { CatalogText, useCatalogText } from './cited-text.tsx'
import { Compare } from './compare.tsx'
import { finds } from './find.ts'
import { Lists } from './lists.tsx'
import { editionQuery } from './load.ts'
import { found, Parts } from './parts.tsx'
import { useHashTarget } from './use-hash-target.ts'

/** One edition of one document, to be read: every text with whose words it is and where it stands. */
export function CatalogScreen() {
  const t = useTexts()
  const text = useCatalogText()
  const { id, edition } = useParams({ from: '/catalogs/$id/$edition' })
  const query = useQuery(editionQuery(id, edition))
  useHashTarget(query.data !== undefined)
  const title = query.data === undefined ? t.catalog.title : text(query.data.catalog.title)
  return (
    <Page
      title={title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.catalog.title, href: paths.catalogs() },
      ]}
      lead={
        query.data && (
          <p>
            {t.catalog.shortEdition(id, edition)}
            {t.overview.separator}
            <CatalogText text={query.data.catalog.publisher} />
          </p>
        )
      }
      actions={
        <Button size="medium" onPress={() => window.print()}>
          {t.catalog.lists.print}
        </Button>
      }
    >
      <Loaded query={query}>{(data) => <Reader key={data.digest} {...data} />}</Loaded>
    </Page>
  )
}

function Reader({ catalog, digest }: CatalogEdition) {
  const t = useTexts()
  const [sought, setSought] = useState('')
  const parts = found(catalog, sought)
  const lists = catalog.lists.flatMap((list) => list.items ?? []).filter((item) => finds(item, sought)).length
  const all = parts.reduce((sum, [, n]) => sum + n, lists)
  return (
    <>
      <About catalog={catalog} digest={digest} />
      <div data-print="hide" className="mb-6">
        <Compare catalog={catalog} />
        <TextField label={t.catalog.search} type="search" value={sought} onChange={setSought} width="medium" />
        <output className="block mt-1 text-note">
          {sought.trim() !== '' && (all === 0 ? t.catalog.noneFound : t.catalog.found(formatNumber(all)))}
        </output>
        <nav aria-label={t.catalog.contents} className="mt-3">
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-note">
            {catalog.lists.length > 0 && (
              <li>
                <Link href="#lists">{t.catalog.parts.lists}</Link>
              </li>
            )}
            {parts.map(([part, n]) => (
              <li key={part}>
                <Link href={`#${part}`}>{t.catalog.parts[part]}</Link> {t.ui.brackets(formatNumber(n))}
              </li>
            ))}
            <li>
              <Link href="#sources">{t.catalog.parts.sources}</Link>
            </li>
          </ul>
        </nav>
      </div>
      <Lists catalog={catalog} sought={sought} />
      <Parts catalog={catalog} sought={sought} />
    </>
  )
}
