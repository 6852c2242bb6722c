import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Catalog, List } from '#catalog/model.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { NotFound } from '#web/shell/screen-states.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { BothTexts } from './both-texts.tsx'
import { useCatalogText } from './cited-text.tsx'
import { finds } from './find.ts'
import { ListItemView } from './list-item.tsx'
import { editionQuery } from './load.ts'
import { useHashTarget } from './use-hash-target.ts'

/** One list of an edition: the 21 procurement checks, the contract checks, the model rule, the roles with their duties. */
export function CatalogListScreen() {
  const t = useTexts()
  const text = useCatalogText()
  const { id, edition, list: listId } = useParams({ from: '/catalogs/$id/$edition/$list' })
  const query = useQuery(editionQuery(id, edition))
  useHashTarget(query.data !== undefined)
  const list = query.data?.catalog.lists.find((one) => one.id === listId)
  if (query.data !== undefined && list === undefined) return <NotFound />
  return (
    <Page
      title={list ? text(list.title) : t.catalog.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.catalog.title, href: paths.catalogs() },
        { name: t.catalog.shortEdition(id, edition), href: paths.catalog(id, edition) },
      ]}
      actions={
        <Button size="medium" onPress={() => window.print()}>
          {t.catalog.lists.print}
        </Button>
      }
    >
      <Loaded query={query}>{({ catalog }) => list && <Items key={listId} catalog={catalog} list={list} />}</Loaded>
    </Page>
  )
}

function Items({ catalog, list }: { catalog: Catalog; list: List }) {
  const t = useTexts()
  const search = useSearch({ strict: false })
  const [sought, setSought] = useState(oneOf(search, 'q'))
  const items = (list.items ?? []).filter((item) => finds(item, sought))
  const groups = [...(list.groups ?? []), undefined]
    .map((group) => ({ group, items: items.filter((item) => item.group === group?.id) }))
    .filter((one) => one.items.length > 0)
  return (
    <>
      {list.text && <BothTexts catalog={catalog} text={list.text} around={[list]} />}
      <div data-print="hide" className="my-5">
        <TextField label={t.catalog.search} type="search" value={sought} onChange={setSought} width="medium" />
        <output className="block mt-1 text-note">
          {items.length === 0 ? t.catalog.noneFound : t.catalog.lists.items(formatNumber(items.length))}
        </output>
      </div>
      {groups.map(({ group, items: own }) => (
        <section key={group?.id ?? 'rest'} className="mb-8">
          {group && (
            <h2 className="text-std-20B-150">
              <BothTexts catalog={catalog} text={group.title} around={[group, list]} />
            </h2>
          )}
          {own.map((item) => (
            <ListItemView key={item.id} catalog={catalog} list={list} item={item} />
          ))}
        </section>
      ))}
    </>
  )
}
