import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Steps, Waiver } from '#stages/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { stepsChanged, stepsQuery } from './calls.ts'

export function WaiversOf({ systemId }: { systemId: string }) {
  const { data } = useQuery(stepsQuery(systemId))
  return data === undefined ? null : <WaiversPanel steps={data} />
}

/** What was waived and why, and what each step was taken with: both stay. */
function WaiversPanel({ steps }: { steps: Steps }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.stages.passages
  const stageName = (stage: Waiver['step'] | Steps['passages'][number]['toStage']) => t.fields.codes.stage[stage]
  return (
    <>
      {steps.waivers.length > 0 && (
        <Panel title={t.stages.waivers.title}>
          <ul className="flex flex-col gap-4">
            {steps.waivers.map((waiver) => (
              <WaiverItem key={waiver.id} systemId={steps.systemId} waiver={waiver} mayWithdraw={steps.may.waive} />
            ))}
          </ul>
        </Panel>
      )}
      {steps.passages.length > 0 && (
        <Panel title={words.title}>
          <ul className="flex flex-col gap-3">
            {steps.passages.map((passage) => (
              <li key={passage.at} className="border-b border-solid-gray-200 pb-3 last:border-0 last:pb-0">
                <p>
                  <span className="keep mr-3 text-note">{f.dateTime(passage.at)}</span>
                  <b>{words.step(stageName(passage.fromStage), stageName(passage.toStage))}</b>
                </p>
                {passage.warned.length > 0 && (
                  <p className="text-note">{words.warned(t.ui.list(passage.warned.map(pick)))}</p>
                )}
                {passage.waived.length > 0 && (
                  <p className="text-note">{words.waived(t.ui.list(passage.waived.map(pick)))}</p>
                )}
                {passage.warned.length + passage.waived.length === 0 && <p className="text-note">{words.clean}</p>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function WaiverItem({ systemId, waiver, mayWithdraw }: { systemId: string; waiver: Waiver; mayWithdraw: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.stages.waivers
  const queryClient = useQueryClient()
  const [reason, setReason] = useState<string | undefined>()
  const withdraw = useMutation({
    mutationFn: () => api.post(`/systems/${systemId}/waivers/${waiver.id}/withdrawal`, { reason }),
    onSuccess: () => stepsChanged(queryClient),
  })
  const need = pick(waiver.title)
  return (
    <li className="border-b border-solid-gray-200 pb-4 last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-2">
        <b>{words.of(need, t.fields.codes.stage[waiver.step])}</b>
        <Tag tone={waiver.state === 'holds' ? 'attention' : 'quiet'}>{words.states[waiver.state]}</Tag>
      </p>
      <p className="my-1 whitespace-pre-line">{waiver.reason}</p>
      <p className="text-note">
        {t.ui.list([
          ...(waiver.by ? [words.by(pick(waiver.by))] : []),
          f.date(waiver.at),
          waiver.untilOn === null ? words.open : words.until(f.date(waiver.untilOn)),
        ])}
      </p>
      {waiver.withdrawn && (
        <p className="text-note">
          {f.date(waiver.withdrawn.at)} {words.withdrawn(waiver.withdrawn.reason)}
        </p>
      )}
      {mayWithdraw &&
        waiver.state === 'holds' &&
        (reason === undefined ? (
          <Button look="text" size="small" label={words.withdrawOf(need)} onPress={() => setReason('')}>
            {words.withdraw}
          </Button>
        ) : (
          <div className="mt-3 flex flex-col gap-3">
            <TextField
              label={words.withdrawReason}
              requirement="required"
              width="full"
              value={reason}
              onChange={setReason}
            />
            {withdraw.isError && <Problem error={withdraw.error} takesFocus />}
            <div className="flex flex-wrap gap-3">
              <Button
                look="outline"
                size="medium"
                busy={withdraw.isPending}
                blockedBecause={reason.trim() === '' ? t.register.system.reasons['reason-needed'] : undefined}
                onPress={() => withdraw.mutate()}
              >
                {words.withdrawDeed}
              </Button>
              <Button look="text" size="medium" onPress={() => setReason(undefined)}>
                {t.stages.waive.cancel}
              </Button>
            </div>
          </div>
        ))}
    </li>
  )
}
