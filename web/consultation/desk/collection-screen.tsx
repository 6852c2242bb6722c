import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import type { CollectionList, CollectionRow } from '#consultation/desk/api.ts'
import { paths } from '#web/paths.ts'
import { useSettled } from '#web/register/use-settled.ts'
import { oneOf } from '#web/search.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { Select } from '#web/ui/select.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { collectionQuery } from './calls.ts'
import { useItemNames } from './items-field.tsx'

const any = 'any'

/** Published answers of the desk and advice of the Board, by words and by the item they concern. */
export function CollectionScreen() {
  const t = useTexts()
  const words = t.desk.collection
  const router = useRouter()
  const search = useSearch({ strict: false })
  const asked = { item: oneOf(search, 'item'), kind: oneOf(search, 'kind') }
  const [typed, setTyped] = useState(oneOf(search, 'q'))
  const q = useSettled(typed)
  const { cursor, toFirst, turning } = useCursors()
  useEffect(() => {
    if (q !== oneOf(search, 'q')) router.history.replace(paths.collection({ ...asked, q }))
  })
  const go = (change: Partial<typeof asked>) => {
    toFirst()
    router.history.replace(paths.collection({ ...asked, ...change, q }))
  }
  const query = useQuery(collectionQuery({ q, ...asked, cursor }))
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <div className="mb-5 flex flex-wrap items-end gap-5">
        <TextField
          label={words.search}
          type="search"
          width="medium"
          value={typed}
          onChange={(v) => {
            toFirst()
            setTyped(v)
          }}
        />
        <ItemFilter list={query.data} value={asked.item} onChange={(item) => go({ item })} />
        <Select
          label={words.kind}
          width="medium"
          value={asked.kind === '' ? any : asked.kind}
          onChange={(kind) => go({ kind: kind === any ? '' : kind })}
          choices={[
            { id: any, name: words.anyKind },
            { id: 'answer', name: words.kinds.answer },
            { id: 'advice', name: words.kinds.advice },
          ]}
        />
      </div>
      <Loaded query={query}>
        {(list) =>
          list.items.length === 0 ? (
            <Nothing
              narrowed={q !== '' || asked.item !== '' || asked.kind !== ''}
              onRemove={() => {
                setTyped('')
                router.history.replace(paths.collection())
              }}
            />
          ) : (
            <>
              <Rows rows={list.items} />
              <Pager {...turning(list.next)} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Nothing({ narrowed, onRemove }: { narrowed: boolean; onRemove: () => void }) {
  const words = useTexts().desk.collection
  if (!narrowed) return <Empty why={words.none} />
  return (
    <Empty
      why={words.noResult}
      action={
        <Button size="medium" onPress={onRemove}>
          {words.removeConditions}
        </Button>
      }
    />
  )
}

type FilterProps = { list: CollectionList | undefined; value: string; onChange: (item: string) => void }

/** Only items that something published concerns, each with how many. */
function ItemFilter({ list, value, onChange }: FilterProps) {
  const words = useTexts().desk.collection
  const f = useFormat()
  const finder = useMe()?.finder
  const names = useItemNames(finder ?? { catalog: '', edition: '' }, finder !== undefined && finder !== null)
  const concerned = list?.concerned ?? []
  return (
    <Select
      label={words.item}
      width="long"
      value={value === '' ? any : value}
      onChange={(id) => onChange(id === any ? '' : id)}
      choices={[
        { id: any, name: words.anyItem },
        ...concerned.map(({ item, count }) => ({
          id: item,
          name: words.itemOf(names.get(item) ?? item, f.number(count)),
        })),
      ]}
    />
  )
}

function Rows({ rows }: { rows: readonly CollectionRow[] }) {
  const t = useTexts()
  const words = t.desk.collection
  const f = useFormat()
  return (
    <>
      <p role="status" className="mb-3 text-note text-solid-gray-700">
        {words.count(f.number(rows.length))}
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="border-t border-solid-gray-200 py-4">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <Link href={paths.collectionEntry(row.id)} bold>
                {row.title}
              </Link>
              <Tag tone={row.kind === 'advice' ? 'blue' : 'quiet'}>{words.kinds[row.kind]}</Tag>
            </p>
            <p lang="ja" className="mt-1 line-clamp-3">
              {row.question}
            </p>
            <p className="mt-1 text-note text-solid-gray-700">
              {t.ui.list([row.number, words.publishedOn(f.date(row.publishedAt)), ...row.items])}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
