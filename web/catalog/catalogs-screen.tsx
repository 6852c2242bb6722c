import { useQuery } from '@tanstack/react-query'

import type { CatalogSummary } from '#catalog/api.ts'
import { paths } from '#web/paths.ts'
import type { Text } from '#catalog/model-texts.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { useCatalogText } from './cited-text.tsx'
import { catalogsQuery } from './load.ts'

/** All documents that have been loaded, edition by edition. */
export function CatalogsScreen() {
  const t = useTexts()
  const query = useQuery(catalogsQuery)
  return (
    <Page
      title={t.catalog.title}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      lead={<p>{t.catalog.lead}</p>}
    >
      <Loaded query={query}>
        {({ catalogs }) =>
          catalogs.length === 0 ? (
            <Empty why={t.catalog.list.none} todo={t.catalog.list.noneTodo} />
          ) : (
            <CatalogTable catalogs={catalogs} />
          )
        }
      </Loaded>
    </Page>
  )
}

function CatalogTable({ catalogs }: { catalogs: readonly CatalogSummary[] }) {
  const t = useTexts()
  const f = useFormat()
  const catalogText = useCatalogText()
  const text = (one: CatalogSummary['title']) => catalogText(one as Text)
  const words = t.catalog.list
  const parts: Readonly<Record<string, string>> = t.catalog.parts
  const contents = (one: CatalogSummary) => {
    const counted = Object.entries(one.parts).filter(([part]) => part === 'questions' || part === 'tables')
    return [
      ...counted.map(([part, n]) => `${parts[part] ?? part} ${f.number(n)}`),
      ...one.lists.map((list) => t.catalog.lists.open(text(list.title), f.number(list.items))),
    ]
  }
  const marks = (one: CatalogSummary) =>
    (['official', 'secondary', 'preset'] as const).map(
      (mark) => `${t.words.provenance[mark]} ${f.number(one.marks[mark])}`,
    )
  return (
    <DataTable
      caption={t.catalog.title}
      rows={catalogs}
      rowKey={(one) => `${one.id} ${one.edition}`}
      columns={[
        {
          id: 'name',
          name: words.name,
          cell: (one) => (
            <>
              <Link href={paths.catalog(one.id, one.edition)} bold>
                {text(one.title)}
              </Link>
              {one.inForce && (
                <span className="block">
                  <Tag tone="blue">{t.catalog.inForce}</Tag>
                </span>
              )}
            </>
          ),
        },
        {
          id: 'edition',
          name: words.edition,
          cell: (one) => t.catalog.shortEdition(one.id, one.edition),
          width: 'w-36',
        },
        { id: 'publisher', name: words.publisher, cell: (one) => text(one.publisher), width: 'w-32' },
        {
          id: 'released',
          name: words.released,
          cell: (one) => (one.released === null ? words.notReleased : f.date(one.released)),
          width: 'w-28',
        },
        { id: 'contents', name: words.contents, cell: (one) => t.ui.list(contents(one)) },
        {
          id: 'marks',
          name: words.marks,
          width: 'w-32',
          cell: (one) => (
            <ul>
              {marks(one).map((mark) => (
                <li key={mark}>{mark}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
