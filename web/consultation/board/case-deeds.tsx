import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { CaseDetail } from '#consultation/board/api.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { meetingsQuery } from './calls.ts'
import { useDeed } from './use-deed.ts'

/** Deeds on the case as a whole: withdraw, take up again, set the meeting. */
export function CaseDeeds({ detail }: { detail: CaseDetail }) {
  const { withdraw, resume, schedule } = detail.may
  if (!withdraw && !resume && !schedule) return null
  return (
    <div className="mb-6 flex flex-wrap items-end gap-4" data-print="hide">
      {schedule && <Schedule detail={detail} />}
      {withdraw && <Withdraw detail={detail} />}
      {resume && <Resume detail={detail} />}
    </div>
  )
}

function Schedule({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.case
  const meetings = useQuery(meetingsQuery)
  const [chosen, setChosen] = useState(detail.meeting?.id)
  const set = useDeed((meetingId: string | null) => api.put(`/board/cases/${detail.id}/meeting`, { meetingId }))
  const items = meetings.data?.items ?? []
  if (items.length === 0) return <p className="text-note">{words.noMeetings}</p>
  return (
    <>
      <Select
        label={words.changeMeeting}
        width="medium"
        value={chosen}
        onChange={setChosen}
        choices={items.map((m) => ({ id: m.id, name: t.docket.list.meetingOf(String(m.number), f.date(m.heldOn)) }))}
      />
      <Button look="outline" busy={set.isPending} onPress={() => chosen !== undefined && set.mutate(chosen)}>
        {words.schedule}
      </Button>
      {detail.meeting !== null && (
        <Button look="text" onPress={() => set.mutate(null)}>
          {words.takeOff}
        </Button>
      )}
      {set.isError && <Problem error={set.error} />}
    </>
  )
}

function Withdraw({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const words = t.docket.case
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const deed = useDeed(
    () => api.post(`/board/cases/${detail.id}/withdraw`, { reason: reason.trim() }, { version: detail.version }),
    () => setAsking(false),
  )
  return (
    <>
      <Button look="text" tone="danger" onPress={() => setAsking(true)}>
        {words.withdraw}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.withdrawTitle}
        deed={words.withdraw}
        tone="danger"
        busy={deed.isPending}
        blockedBecause={reason.trim() === '' ? words.reasonNeeded : undefined}
        onDeed={() => deed.mutate(undefined)}
      >
        <p className="mb-4">{words.withdrawText}</p>
        <TextArea
          label={words.reason}
          requirement="required"
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={2000}
        />
        {deed.isError && <Problem error={deed.error} />}
      </ConfirmDialog>
    </>
  )
}

function Resume({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const words = t.docket.case
  const deed = useDeed(() => api.post(`/board/cases/${detail.id}/resume`, undefined, { version: detail.version }))
  return (
    <div>
      <p className="mb-2 text-note">{words.resumed}</p>
      <Button look="outline" busy={deed.isPending} onPress={() => deed.mutate(undefined)}>
        {words.resume}
      </Button>
      {deed.isError && <Problem error={deed.error} />}
    </div>
  )
}
