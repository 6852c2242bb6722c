import { useState } from 'react'

import type { LogEntry } from '#audit/api.ts'
import { type Role, roles } from '#access/model.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { ProofButton } from './proof-button.tsx'

const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role)

const itemAddress: Readonly<Record<string, (id: string) => string>> = {
  'ai-system': paths.system,
  'ai-use': paths.useFinder,
  import: paths.import,
  organisation: () => paths.organisations(),
}

type Props = {
  items: readonly LogEntry[]
  onPerson: (id: string) => void
  onItem: (kind: string, id: string) => void
}

export function EntryTable({ items, onPerson, onItem }: Props) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.access.log
  const [open, setOpen] = useState<string>()
  const what = (entry: LogEntry) => t.access.entries[entry.type] ?? entry.type
  const item = ({ itemKind, organisation }: LogEntry) =>
    `${words.items[itemKind] ?? itemKind}${organisation ? t.ui.brackets(pick(organisation.name)) : ''}`
  const who = useWho()
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
        {
          id: 'index',
          name: t.log.index,
          align: 'right',
          cell: ({ index }) => <span className="tabular-nums">{index === null ? t.log.notYet : f.number(index)}</span>,
        },
      ]}
      opening={{
        key: open,
        onOpen: setOpen,
        details: (entry) => <Detail entry={entry} onPerson={onPerson} onItem={onItem} />,
      }}
    />
  )
}

function useWho() {
  const t = useTexts()
  const pick = usePick()
  return ({ actor, role, onBehalfOf, tokenId }: LogEntry): string => {
    if (actor === null) return t.access.log.system
    const parts = [
      pick(actor.post),
      isRole(role) ? t.words.roles[role] : role,
      ...(onBehalfOf === null ? [] : [t.log.onBehalf(pick(onBehalfOf.post))]),
      ...(tokenId === null ? [] : [t.log.byToken]),
    ]
    return t.ui.list([...new Set(parts)])
  }
}

/** What stands in the entry, word for word: ids, codes and decisions. */
function Detail({ entry, onPerson, onItem }: { entry: LogEntry } & Pick<Props, 'onPerson' | 'onItem'>) {
  const t = useTexts()
  const words = t.access.log
  const address = itemAddress[entry.itemKind]
  const rows = Object.entries(entry.detail).map(([key, value]) => ({
    term: <code className="font-mono">{key}</code>,
    key,
    detail: (
      <code className="font-mono wrap-anywhere">{typeof value === 'string' ? value : JSON.stringify(value)}</code>
    ),
  }))
  const { actor } = entry
  return (
    <>
      {rows.length === 0 ? <p>{words.noDetail}</p> : <DefinitionList items={rows} />}
      <p className="mt-2">
        {words.number} <code className="font-mono wrap-anywhere">{entry.id}</code>
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-6 gap-y-2">
        {address && <Link href={address(entry.itemId)}>{words.openItem}</Link>}
        <Button size="small" look="text" onPress={() => onItem(entry.itemKind, entry.itemId)}>
          {t.log.filter.byItem}
        </Button>
        {actor && (
          <Button size="small" look="text" onPress={() => onPerson(actor.id)}>
            {t.log.filter.byPerson}
          </Button>
        )}
        {entry.index === null ? (
          <span className="text-solid-gray-700">{t.log.noIndex}</span>
        ) : (
          <ProofButton kind="audit_entry" row={entry.id} index={entry.index} />
        )}
      </div>
    </>
  )
}
