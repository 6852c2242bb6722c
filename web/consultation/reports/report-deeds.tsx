import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { FiguresNow, Report } from '#consultation/reports/api.ts'
import { api, ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { figuresNowQuery, reportQuery } from './calls.ts'
import { useFigureNames } from './figure-names.ts'

type Act = { readonly what: string; readonly body?: unknown }

/** The way of a report: compare and recompute while it is a draft, check, submit, send back. */
export function ReportDeeds({ report }: { report: Report }) {
  const words = useTexts().reports.one
  const act = useAct(report)
  const { can } = report
  if (report.state === 'submitted' || Object.values(can).every((deed) => deed.because === 'not-permitted')) return null
  const moved = act.error instanceof ApiError && act.error.code === 'changed-meanwhile'
  return (
    <Panel title={words.submitted}>
      {moved && <Notice kind="attention" title={words.moved} takesFocus />}
      {act.isError && !moved && <Problem error={act.error} takesFocus />}
      <div className="flex flex-col items-start gap-4">
        {can.recompute.ok && <Compare report={report} act={act} />}
        {report.state === 'draft' && (
          <Button
            look="filled"
            size="medium"
            busy={act.isPending}
            onPress={() => act.mutate({ what: 'check' })}
            {...(can.check.ok ? {} : { blockedBecause: words.onlyCaio })}
          >
            {words.check}
          </Button>
        )}
        {report.state === 'checked' && <Submit report={report} act={act} />}
      </div>
    </Panel>
  )
}

function useAct(report: Report) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ what, body }: Act) =>
      api.post<Report>(`/reports/${report.id}/${what}`, body, { version: report.version }),
    onSuccess: async (now) => {
      queryClient.setQueryData(reportQuery(report.id).queryKey, now)
      await queryClient.invalidateQueries({ queryKey: ['reports'] })
      await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.code === 'changed-meanwhile')
        await queryClient.invalidateQueries({ queryKey: ['reports'] })
    },
  })
}

type Props = { report: Report; act: ReturnType<typeof useAct> }

function Compare({ report, act }: Props) {
  const words = useTexts().reports.one
  const [open, setOpen] = useState(false)
  const now = useQuery({ ...figuresNowQuery(report.id), enabled: open, staleTime: 0 })
  if (!open)
    return (
      <Button size="medium" onPress={() => setOpen(true)}>
        {words.compare}
      </Button>
    )
  return (
    <div className="w-full">
      <Loaded query={now}>
        {({ changes }) => (changes.length === 0 ? <p>{words.same}</p> : <Changes changes={changes} />)}
      </Loaded>
      {now.data !== undefined && now.data.changes.length > 0 && (
        <div className="mt-3">
          <Button size="medium" busy={act.isPending} onPress={() => act.mutate({ what: 'recompute' })}>
            {words.recompute}
          </Button>
        </div>
      )}
    </div>
  )
}

function Changes({ changes }: Pick<FiguresNow, 'changes'>) {
  const words = useTexts().reports.one
  const f = useFormat()
  const { figure } = useFigureNames()
  return (
    <>
      <p className="mb-2">{words.differs(f.number(changes.length))}</p>
      <DataTable
        caption={words.compare}
        dense
        neverCards
        rows={changes}
        rowKey={({ at }) => at}
        columns={[
          { id: 'figure', name: words.figure, rowHead: true, cell: ({ at }) => figure(at) },
          { id: 'was', name: words.was, align: 'right', cell: ({ was }) => f.number(was) },
          { id: 'now', name: words.now, align: 'right', cell: ({ now }) => f.number(now) },
        ]}
      />
    </>
  )
}

function Submit({ report, act }: Props) {
  const words = useTexts().reports.one
  const [asking, setAsking] = useState(false)
  const [back, setBack] = useState(false)
  const [note, setNote] = useState('')
  const caio = report.can.submit.ok
  return (
    <>
      <Button
        look="filled"
        size="medium"
        busy={act.isPending}
        onPress={() => setAsking(true)}
        {...(caio ? {} : { blockedBecause: words.onlyCaio })}
      >
        {words.submit}
      </Button>
      {caio && !back && (
        <Button size="medium" onPress={() => setBack(true)}>
          {words.sendBack}
        </Button>
      )}
      {back && (
        <div className="flex w-full flex-col gap-3">
          <TextArea
            label={words.sendBackWhy}
            requirement="required"
            width="full"
            rows={3}
            value={note}
            onChange={setNote}
          />
          <div>
            <Button
              size="medium"
              busy={act.isPending}
              onPress={() => act.mutate({ what: 'send-back', body: { note } })}
              {...(note.trim() === '' ? { blockedBecause: words.needWhy } : {})}
            >
              {words.sendBack}
            </Button>
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.submitAsk}
        deed={words.submit}
        busy={act.isPending}
        onDeed={() => {
          setAsking(false)
          act.mutate({ what: 'submit' })
        }}
      >
        {words.submitText}
      </ConfirmDialog>
    </>
  )
}
