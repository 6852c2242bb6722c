import { useQuery } from '@tanstack/react-query'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'

import { recentHistoryQuery } from './calls.ts'
import { HistoryEntries } from './history-entries.tsx'

/** The last changes, old and new side by side; all of them are on their own page. */
export function HistoryPanel({ id }: { id: string }) {
  const t = useTexts()
  const words = t.register.system.history
  const history = useQuery(recentHistoryQuery(id))
  return (
    <Panel title={words.title} aside={<Link href={paths.systemHistory(id)}>{words.all}</Link>}>
      <Loaded query={history}>
        {({ items, names }) =>
          items.length === 0 ? <p>{words.none}</p> : <HistoryEntries items={items.slice(0, 4)} names={names} most={4} />
        }
      </Loaded>
    </Panel>
  )
}
