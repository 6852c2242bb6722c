import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { JobState } from '#notifications/api.ts'
import { jobWord } from '#notifications/words.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { FailedJobs } from './failed-jobs.tsx'

type Shown = 'open' | 'all'

/** Failed jobs first: they wait for somebody. Then what goes on by itself. */
export function JobsScreen() {
  const t = useTexts()
  const words = t.notices.jobs
  const [shown, setShown] = useState<Shown>('open')
  const { cursor, toFirst, turning } = useCursors()
  const query = useQuery({
    queryKey: ['jobs', shown, cursor],
    queryFn: ({ signal }) =>
      api.get<JobState>('/jobs', { signal, query: { cursor, open: shown === 'open' ? 'yes' : 'no' } }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
  const show = (next: string) => {
    setShown(next as Shown)
    toFirst()
  }
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <Loaded query={query}>
        {(state) => (
          <>
            <Section title={words.failed}>
              <Tabs
                label={words.show}
                value={shown}
                onChange={show}
                tabs={[
                  { id: 'open', name: words.open },
                  { id: 'all', name: words.all },
                ]}
              >
                <FailedJobs jobs={state.failed} none={shown === 'open' ? words.none : words.noneAtAll} />
                <Pager {...turning(state.next)} />
              </Tabs>
            </Section>
            <Queues state={state} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Queues({ state: { queues, outbox } }: { state: JobState }) {
  const t = useTexts()
  const { language } = useLanguage()
  const { number, dateTime } = useFormat()
  const words = t.notices.jobs
  return (
    <Section title={words.queues}>
      <p className="mb-3">
        {outbox.waiting === 0 ? words.outboxNone : words.outbox(number(outbox.waiting))}
        {outbox.oldest !== null && words.outboxOld(dateTime(outbox.oldest))}
      </p>
      <DataTable
        caption={words.queues}
        rows={queues}
        rowKey={({ name }) => name}
        columns={[
          { id: 'name', name: words.name, cell: ({ name }) => jobWord(language, name), rowHead: true },
          { id: 'waiting', name: words.waiting, align: 'right', cell: (one) => number(one.waiting) },
          { id: 'running', name: words.running, align: 'right', cell: (one) => number(one.running) },
          { id: 'again', name: words.again, align: 'right', cell: (one) => number(one.again) },
          { id: 'done', name: words.done, align: 'right', cell: (one) => number(one.done) },
          {
            id: 'lastDone',
            name: words.lastDone,
            cell: ({ lastDoneAt }) => (lastDoneAt === null ? words.never : dateTime(lastDoneAt)),
          },
        ]}
      />
    </Section>
  )
}
