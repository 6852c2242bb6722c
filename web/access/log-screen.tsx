import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { LogEntry } from '#audit/api.ts'
import { type Role, roles } from '#access/model.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Pager, type PageSize } from '#web/ui/pager.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'

const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role)

type LogPage = { readonly items: LogEntry[]; readonly next: string | null }

const itemAddress: Readonly<Record<string, (id: string) => string>> = {
  'ai-system': paths.system,
  'ai-use': paths.useFinder,
  import: paths.import,
  organisation: () => paths.organisations(),
}

/** What was done, by whom, newest first. Reading only. */
export function LogScreen() {
  const t = useTexts()
  const words = t.access.log
  const [size, setSize] = useState<PageSize>(20)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const log = useQuery({
    queryKey: ['log', cursor, size],
    queryFn: ({ signal }) => api.get<LogPage>('/log', { signal, query: { cursor, limit: size } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <Loaded query={log}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty why={words.empty} />
          ) : (
            <>
              <Entries items={items} />
              <Pager
                onPrevious={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
                onNext={next === null ? undefined : () => setCursors([...cursors, next])}
                size={size}
                onSize={(n) => {
                  setCursors([])
                  setSize(n)
                }}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Entries({ items }: { items: readonly LogEntry[] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.access.log
  const [open, setOpen] = useState<string>()
  const what = (entry: LogEntry) => t.access.entries[entry.type] ?? entry.type
  const who = ({ actor, role }: LogEntry) =>
    actor === null
      ? words.system
      : t.ui.list([...new Set([pick(actor.post), isRole(role) ? t.words.roles[role] : role])])
  const item = ({ itemKind, organisation }: LogEntry) =>
    [organisation && pick(organisation.name), words.items[itemKind] ?? itemKind].filter(Boolean).join(' ')
  return (
    <DataTable<LogEntry>
      caption={words.title}
      rows={items}
      rowKey={({ id }) => id}
      rowName={(entry) => `${f.dateTime(entry.at)} ${what(entry)}`}
      columns={[
        { id: 'at', name: words.at, cell: ({ at }) => <span className="keep tabular-nums">{f.dateTime(at)}</span> },
        { id: 'what', name: words.what, cell: what, rowHead: true },
        { id: 'item', name: words.item, cell: item },
        { id: 'who', name: words.who, cell: who },
      ]}
      opening={{ key: open, onOpen: setOpen, details: (entry) => <Detail entry={entry} /> }}
    />
  )
}

/** What stands in the entry, word for word: ids, codes and decisions. */
function Detail({ entry }: { entry: LogEntry }) {
  const t = useTexts()
  const words = t.access.log
  const address = itemAddress[entry.itemKind]
  const rows = Object.entries(entry.detail).map(([key, value]) => ({
    term: <code className="font-mono">{key}</code>,
    key,
    detail: <code className="font-mono">{typeof value === 'string' ? value : JSON.stringify(value)}</code>,
  }))
  return (
    <>
      {rows.length === 0 ? <p>{words.noDetail}</p> : <DefinitionList items={rows} />}
      <p className="mt-2">
        {words.number} <code className="font-mono">{entry.id}</code>
        {address && (
          <span className="ml-4">
            <Link href={address(entry.itemId)}>{words.openItem}</Link>
          </span>
        )}
      </p>
    </>
  )
}
