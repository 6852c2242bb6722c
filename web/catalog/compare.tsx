import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { CatalogDiff } from '#catalog/api.ts'
import type { Catalog } from '#catalog/model.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Diff } from '#web/ui/diff.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { useCatalogText } from './cited-text.tsx'
import { textsIn } from './find.ts'
import { catalogsQuery, diffQuery } from './load.ts'
import { partOrder } from './parts.tsx'

/** Compares this edition with another of the same document, or with any other catalog that has editions. */
export function Compare({ catalog }: { catalog: Catalog }) {
  const t = useTexts()
  const router = useRouter()
  const search = useSearch({ strict: false })
  const other = oneOf(search, 'compare')
  const catalogs = useQuery(catalogsQuery)
  const editions = (catalogs.data?.catalogs ?? []).filter((c) => c.id === catalog.id && c.edition !== catalog.edition)
  if (catalogs.data === undefined || editions.length === 0) return null
  return (
    <div className="mb-6">
      <Select
        label={t.catalog.compare.with}
        choices={[
          { id: '', name: t.catalog.compare.close },
          ...editions.map(({ id, edition }) => ({ id: edition, name: t.catalog.shortEdition(id, edition) })),
        ]}
        value={other === '' ? undefined : other}
        onChange={(edition) => router.history.replace(paths.catalog(catalog.id, catalog.edition, { compare: edition }))}
      />
      {other !== '' && (
        <div className="mt-6">
          <Differences catalog={catalog} other={other} />
        </div>
      )}
    </div>
  )
}

function Differences({ catalog, other }: { catalog: Catalog; other: string }) {
  const t = useTexts()
  const query = useQuery(diffQuery(catalog.id, catalog.edition, other))
  const edition = (one: string) => t.catalog.shortEdition(catalog.id, one)
  return (
    <Section title={t.catalog.compare.heading(edition(catalog.edition), edition(other))}>
      <Loaded query={query}>{(diff) => <Changes changes={diff.changes} />}</Loaded>
    </Section>
  )
}

type Change = CatalogDiff['changes'][number]

/** What changes verdicts is read before the examples that prove it. */
const partPlace = (part: string): number => (['header', ...partOrder] as readonly string[]).indexOf(part)

function Changes({ changes }: { changes: readonly Change[] }) {
  const t = useTexts()
  const words = t.catalog.compare
  const text = useCatalogText()
  const parts: Readonly<Record<string, string>> = t.catalog.parts
  const count = (kind: Change['kind']) => formatNumber(changes.filter((c) => c.kind === kind).length)
  /** A text of the catalog in the person's language, anything else as its texts or its data. */
  const said = (value: unknown): string => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
    const item = value as Record<string, unknown>
    if (typeof item['ja'] === 'string' || typeof item['en'] === 'string') return text(item as Record<string, string>)
    if (typeof item['title'] === 'object') return said(item['title'])
    return textsIn(value).join(' ')
  }
  if (changes.length === 0) return <p>{words.same}</p>
  return (
    <>
      <p className="mb-2">{words.counts(count('added'), count('removed'), count('changed'))}</p>
      <DataTable
        caption={words.title}
        rows={changes.toSorted((a, b) => partPlace(a.part) - partPlace(b.part))}
        rowKey={(c) => `${c.part}:${c.id}:${c.kind}:${c.at}`}
        columns={[
          { id: 'kind', name: words.kind, cell: (c) => words.kinds[c.kind] },
          { id: 'part', name: words.part, cell: (c) => parts[c.part] ?? c.part },
          { id: 'item', name: words.item, rowHead: true, cell: (c) => c.id },
          { id: 'at', name: words.at, cell: (c) => (c.at === '' ? words.whole : c.at) },
          {
            id: 'change',
            name: words.change,
            cell: (c) => (c.kind === 'changed' ? <Diff from={said(c.from)} to={said(c.to)} /> : said(c.to ?? c.from)),
          },
        ]}
      />
    </>
  )
}
