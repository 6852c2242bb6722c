import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { ListedDeadJob } from '#notifications/api.ts'
import { jobWord } from '#notifications/words.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

/** Jobs that failed for good: why, in words, and what can be done about each. What was done is told when none is left. */
export function FailedJobs({ jobs, none }: { jobs: readonly ListedDeadJob[]; none: string }) {
  const words = useTexts().notices.jobs
  const name = useJobName()
  const { decide, failure, done } = useDecision()
  const [asked, setAsked] = useState<ListedDeadJob>()
  return (
    <>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      {done !== '' && <Notice kind="success" title={done} />}
      {jobs.length === 0 ? (
        <Empty why={none} />
      ) : (
        <Table jobs={jobs} onRetry={(job) => decide(job, 'retry')} onDiscard={setAsked} />
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={words.discardTitle(asked === undefined ? '' : name(asked))}
        deed={words.discard}
        tone="danger"
        onDeed={() => {
          if (asked) decide(asked, 'discard')
          setAsked(undefined)
        }}
      >
        {words.discardText}
      </ConfirmDialog>
    </>
  )
}

type TableProps = {
  jobs: readonly ListedDeadJob[]
  onRetry: (job: ListedDeadJob) => void
  onDiscard: (job: ListedDeadJob) => void
}
function Table({ jobs, onRetry, onDiscard }: TableProps) {
  const pick = usePick()
  const { number, dateTime } = useFormat()
  const words = useTexts().notices.jobs
  const name = useJobName()
  return (
    <DataTable
      caption={words.failed}
      rows={[...jobs]}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', name: words.name, cell: name, rowHead: true },
        { id: 'why', name: words.why, cell: (job) => <Why job={job} /> },
        {
          id: 'organisation',
          name: words.organisation,
          cell: ({ organisation }) => (organisation === null ? words.wholeHouse : pick(organisation)),
        },
        { id: 'tries', name: words.tries, align: 'right', cell: ({ tries }) => number(tries) },
        { id: 'failedAt', name: words.failedAt, cell: ({ failedAt }) => dateTime(failedAt) },
        {
          id: 'deed',
          name: words.state,
          cell: (job) =>
            job.state === 'open' ? (
              <Deeds job={job} onRetry={() => onRetry(job)} onDiscard={() => onDiscard(job)} />
            ) : (
              <Tag tone="quiet">{words.states[job.state]}</Tag>
            ),
        },
      ]}
    />
  )
}

function useJobName() {
  const { language } = useLanguage()
  return (job: ListedDeadJob) => jobWord(language, job.name)
}

function Why({ job: { failure } }: { job: ListedDeadJob }) {
  const words = useTexts().notices.jobs
  const wording = words.failures[failure.code]
  return <>{wording === undefined ? words.otherFailure(failure.code) : wording(failure.params)}</>
}

function Deeds({ job, onRetry, onDiscard }: { job: ListedDeadJob; onRetry: () => void; onDiscard: () => void }) {
  const words = useTexts().notices.jobs
  const { dateTime } = useFormat()
  const name = useJobName()(job)
  const at = dateTime(job.failedAt)
  const blockedBecause = useMe()?.may['manage-jobs'] === true ? undefined : words.blocked
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="small"
        blockedBecause={blockedBecause}
        reason="hidden"
        label={words.retryOf(name, at)}
        onPress={onRetry}
      >
        {words.retry}
      </Button>
      <Button
        size="small"
        look="text"
        tone="danger"
        blockedBecause={blockedBecause}
        reason="hidden"
        label={words.discardOf(name, at)}
        onPress={onDiscard}
      >
        {words.discard}
      </Button>
    </div>
  )
}

function useDecision() {
  const words = useTexts().notices.jobs
  const queryClient = useQueryClient()
  const name = useJobName()
  const [failure, setFailure] = useState<unknown>()
  const [done, setDone] = useState('')
  const decide = (job: ListedDeadJob, deed: 'retry' | 'discard') => {
    setFailure(undefined)
    setDone('')
    api
      .post(`/jobs/${job.id}/${deed}`)
      .then(() => setDone(deed === 'retry' ? words.retried(name(job)) : words.discarded(name(job))))
      .catch(setFailure)
      .finally(() => void queryClient.invalidateQueries({ queryKey: ['jobs'] }))
  }
  return { decide, failure, done }
}
