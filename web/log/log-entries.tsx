import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { LogEntry } from '#audit/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Pager, type PageSize } from '#web/ui/pager.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { type Conditions, conditionNames, logQuery } from './calls.ts'
import { EntryTable } from './entry-table.tsx'
import { LogFilter } from './log-filter.tsx'

/** The entries under the conditions in the address. */
export function LogEntries() {
  const search = useSearch({ strict: false })
  const conditions: Conditions = Object.fromEntries(
    conditionNames.map((name) => [name, oneOf(search, name)] as const).filter(([, value]) => value !== ''),
  )
  // Other conditions begin on their first page.
  return <Entries key={JSON.stringify(conditions)} conditions={conditions} />
}

function Entries({ conditions }: { conditions: Conditions }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.log
  const router = useRouter()
  const [size, setSize] = useState<PageSize>(20)
  const { cursor, toFirst, turning } = useCursors()
  const log = useQuery(logQuery(conditions, cursor, size))
  const go = (next: Conditions) => router.history.push(paths.log(next))
  const person = namedPerson(log.data?.items ?? [], conditions.person)
  return (
    <>
      <LogFilter conditions={conditions} person={person && pick(person.post)} onChange={go} />
      <Loaded query={log}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Nothing filtered={Object.keys(conditions).length > 0} onRemove={() => go({})} />
          ) : (
            <>
              <EntryTable
                items={items}
                onPerson={(id) => go({ ...conditions, person: id })}
                onItem={(itemKind, item) => go({ ...conditions, itemKind, item })}
              />
              <Pager
                {...turning(next)}
                size={size}
                onSize={(n) => {
                  toFirst()
                  setSize(n)
                }}
              />
            </>
          )
        }
      </Loaded>
      <p className="mt-4 text-note text-solid-gray-700">{words.indexHelp}</p>
    </>
  )
}

const namedPerson = (items: readonly LogEntry[], id: string | undefined) =>
  items.map(({ actor }) => actor).find((actor) => actor?.id === id && id !== undefined) ?? undefined

function Nothing({ filtered, onRemove }: { filtered: boolean; onRemove: () => void }) {
  const t = useTexts()
  const words = t.log.filter
  if (!filtered) return <Empty why={t.access.log.empty} />
  return <Empty why={words.none} todo={words.noneTodo} action={<Button onPress={onRemove}>{words.removeAll}</Button>} />
}
