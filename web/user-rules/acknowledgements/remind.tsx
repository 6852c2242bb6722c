import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Followed } from '#user-rules/acknowledgements/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

/** Tells those who must still acknowledge, once a day; the deed stays in place and says why it cannot be done. */
export function Remind({ followed }: { followed: Followed }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.following
  const [asking, setAsking] = useState(false)
  const { busy, failure, told, remind } = useRemind(followed, () => setAsking(false))
  const { total, reminder, organisation } = followed
  const missing = total.earlier + total.never
  const blocked = !reminder.may
    ? words.notYours
    : missing === 0
      ? words.nobodyMissing
      : reminder.toldToday
        ? words.toldToday
        : undefined
  return (
    <div className="mb-8 flex flex-col items-start gap-2">
      {told !== undefined && <Notice kind="success" title={words.reminded(f.number(told))} />}
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <Button look="filled" blockedBecause={blocked} onPress={() => setAsking(true)}>
        {words.remind(f.number(missing))}
      </Button>
      {reminder.last && (
        <p className="text-note text-solid-gray-700">
          {words.last(f.dateTime(reminder.last.at), f.number(reminder.last.people))}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.remindTitle(f.number(missing))}
        deed={words.remind(f.number(missing))}
        onDeed={remind}
        busy={busy}
      >
        {words.remindText(pick(organisation.name))}
      </ConfirmDialog>
    </div>
  )
}

function useRemind({ rule, organisation }: Followed, onDone: () => void) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [told, setTold] = useState<number>()
  const send = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { people } = await api.post<{ people: number }>('/acknowledgements/reminders', {
        rule: rule.ruleId,
        organisation: organisation.id,
      })
      setTold(people)
      await client.invalidateQueries({ queryKey: ['acknowledgements'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
      onDone()
    }
  }
  return { busy, failure, told, remind: () => void send() }
}
