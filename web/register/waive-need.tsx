import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { StepNeeds } from '#stages/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { stepsChanged } from './calls.ts'

/** A deed of its own, with a reason: the step button does not offer it. */
export function WaiveNeed({ systemId, to, need }: { systemId: string; to: string; need: StepNeeds['needs'][number] }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.stages.waive
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [untilOn, setUntil] = useState<{ day: string | undefined; ok: boolean }>({ day: undefined, ok: true })
  const waive = useMutation({
    mutationFn: () =>
      api.post(`/systems/${systemId}/waivers`, {
        need: need.id,
        step: to,
        reason,
        ...(untilOn.day === undefined ? {} : { untilOn: untilOn.day }),
      }),
    onSuccess: () => stepsChanged(queryClient),
  })
  const name = pick(need.title)
  if (!open)
    return (
      <div className="mt-1">
        <Button look="text" size="small" label={words.openOf(name)} onPress={() => setOpen(true)}>
          {words.open}
        </Button>
      </div>
    )
  const blocked = reason.trim() === '' ? words.reasonMissing : untilOn.ok ? undefined : t.ui.date.incomplete
  return (
    <div className="mt-3 flex flex-col gap-4 rounded-8 border border-solid-gray-420 p-4">
      <p className="font-700">{words.title(name)}</p>
      <p className="text-note">{words.help}</p>
      <TextArea label={words.reason} requirement="required" rows={3} width="full" value={reason} onChange={setReason} />
      <DateField
        label={words.until}
        help={words.untilHelp}
        requirement="optional"
        value={untilOn.day}
        onChange={(day, ok) => setUntil({ day, ok })}
      />
      {waive.isError && <Problem error={waive.error} takesFocus />}
      <div className="flex flex-wrap gap-3">
        <Button
          look="outline"
          size="medium"
          busy={waive.isPending}
          blockedBecause={blocked}
          onPress={() => waive.mutate()}
        >
          {words.deed}
        </Button>
        <Button look="text" size="medium" onPress={() => setOpen(false)}>
          {words.cancel}
        </Button>
      </div>
    </div>
  )
}
