import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import type { History } from '#register/api.ts'
import { textOf } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'

import { historyPage, systemQuery } from './calls.ts'
import { HistoryEntries } from './history-entries.tsx'
import { useSystemCrumbs } from './system-head.tsx'
import { SystemTabs } from './system-tabs.tsx'
import type { SystemDetail } from '#register/api.ts'

/** Every change of a system and its uses, field by field. */
export function SystemHistoryScreen() {
  const { id } = useParams({ from: '/systems/$id/history' })
  const t = useTexts()
  const system = useQuery(systemQuery(id))
  if (system.data === undefined) {
    return (
      <Page title={t.register.system.history.title}>
        <Loaded query={system}>{() => null}</Loaded>
      </Page>
    )
  }
  return <HistoryPage system={system.data.data} />
}

function HistoryPage({ system }: { system: SystemDetail }) {
  const t = useTexts()
  const me = useMe()
  const words = t.register.system.history
  const name = textOf(system.facts, 'name')
  const crumbs = [...useSystemCrumbs(system), { name, href: paths.system(system.id) }]
  const history = useInfiniteQuery({
    queryKey: ['systems', system.id, 'history', 'all'],
    queryFn: ({ pageParam, signal }) => historyPage(system.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  return (
    <Page title={words.of(name)} crumbs={crumbs}>
      <SystemTabs system={system} use={system.uses[0]?.id} current="history" />
      {me?.may['read-log'] === true && (
        <p className="my-3 text-note">
          <Link href={paths.log({ itemKind: 'ai-system', item: system.id })}>{t.log.ofItem}</Link>
        </p>
      )}
      <Loaded query={history}>
        {({ pages }) => (
          <>
            {pages.every(({ items }) => items.length === 0) && <Empty why={words.none} />}
            {pages.map((page: History, i) => (
              <HistoryEntries key={page.items[0]?.id ?? i} items={page.items} names={page.names} proofs />
            ))}
          </>
        )}
      </Loaded>
      {history.hasNextPage && (
        <div className="mt-4">
          <Button size="medium" busy={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
    </Page>
  )
}
