import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Notice as Told, NoticeList } from '#notifications/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Pager, type PageSize } from '#web/ui/pager.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { NoticeItem } from './notice-item.tsx'

type Shown = 'unread' | 'all'

/** What concerns the person, newest first; what was read stays. */
export function NoticesScreen() {
  const t = useTexts()
  const { number } = useFormat()
  const [shown, setShown] = useState<Shown>('unread')
  const [size, setSize] = useState<PageSize>(20)
  const { cursor, toFirst, turning } = useCursors()
  const { mark, failure } = useMarkRead()
  const query = useQuery({
    queryKey: ['notices', 'list', shown, cursor, size],
    queryFn: ({ signal }) =>
      api.get<NoticeList>('/notifications', {
        signal,
        query: { cursor, limit: size, unread: shown === 'unread' ? 'yes' : 'no' },
      }),
    placeholderData: keepPreviousData,
  })
  const unread = query.data?.unread ?? 0
  const show = (next: string) => {
    setShown(next as Shown)
    toFirst()
  }
  return (
    <Page
      title={t.notices.title}
      lead={t.notices.lead}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      actions={
        <ButtonLink href={paths.account()} look="text" size="medium">
          {t.notices.choices.title}
        </ButtonLink>
      }
    >
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <Tabs
        label={t.notices.show}
        value={shown}
        onChange={show}
        tabs={[
          { id: 'unread', name: t.notices.unread, count: unread },
          { id: 'all', name: t.notices.all },
        ]}
        aside={
          unread > 0 && (
            <Button look="outline" size="medium" onPress={() => mark(undefined)}>
              {t.notices.markAll(number(unread))}
            </Button>
          )
        }
      >
        <Loaded query={query}>
          {({ items, next }) =>
            items.length === 0 ? (
              <Empty why={shown === 'unread' ? t.notices.emptyUnread : t.notices.emptyAll} todo={t.notices.emptyTodo} />
            ) : (
              <>
                <List items={items} onRead={mark} />
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
      </Tabs>
    </Page>
  )
}

function List({ items, onRead }: { items: readonly Told[]; onRead: (ids: readonly string[]) => void }) {
  return (
    <ul className="mt-2">
      {items.map((notice) => (
        <li key={notice.id} className="border-b border-solid-gray-200">
          <NoticeItem notice={notice} onRead={() => onRead([notice.id])} />
        </li>
      ))}
    </ul>
  )
}

/** @returns `mark`: the ones named, or all */
function useMarkRead() {
  const queryClient = useQueryClient()
  const [failure, setFailure] = useState<unknown>()
  const mark = (ids: readonly string[] | undefined) => {
    setFailure(undefined)
    api
      .post('/notifications/read', ids === undefined ? {} : { ids })
      .catch(setFailure)
      .finally(() => void queryClient.invalidateQueries({ queryKey: ['notices'] }))
  }
  return { mark, failure }
}
