import { useState } from 'react'

import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { type ProcurementState, states } from '#procurement/sheets/workflow.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Stepper } from '#web/ui/steps.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'
import { useRefusal } from './refusal.ts'

type Step = SheetPage['steps'][number]

/** Where the procurement stands, and the steps out of it, each with what keeps it closed. */
export function StepsPanel({ page }: { page: SheetPage }) {
  const t = useTexts().procurement
  const now = states.indexOf(page.sheet.state)
  const [closing, setClosing] = useState(false)
  const deed = useDeed(page.sheet.id, () => setClosing(false))
  const move = (to: ProcurementState, reason?: string) =>
    deed.mutate({ do: 'move', to, version: page.sheet.version, ...(reason === undefined ? {} : { reason }) })
  const steps = states.map((id, n) => ({
    id,
    name: t.states[id],
    state: n < now ? ('done' as const) : n === now ? ('now' as const) : ('later' as const),
  }))
  return (
    <Panel title={t.steps.title}>
      <Stepper steps={steps} />
      {deed.error !== null && <Problem error={deed.error} takesFocus />}
      <div className="mt-4 flex flex-wrap items-start gap-4">
        {page.steps.map((step) => (
          <StepButton
            key={step.to}
            step={step}
            page={page}
            busy={deed.isPending}
            onPress={() => {
              if (step.reasons.some((r) => r.code === 'reason-needed')) setClosing(true)
              else move(step.to)
            }}
          />
        ))}
      </div>
      {closing && (
        <ClosingForm
          busy={deed.isPending}
          onClose={(reason) => move('closed', reason)}
          onCancel={() => setClosing(false)}
        />
      )}
    </Panel>
  )
}

type ButtonProps = { step: Step; page: SheetPage; busy: boolean; onPress: () => void }

function StepButton({ step, page, busy, onPress }: ButtonProps) {
  const t = useTexts()
  const words = t.procurement.steps
  const f = useFormat()
  const refusal = useRefusal(page.may.keep)
  const isBack = states.indexOf(step.to) < states.indexOf(page.sheet.state)
  const name = isBack && (step.to === 'tendering' || step.to === 'evaluating') ? words.back[step.to] : words.to[step.to]
  const because = step.reasons.flatMap((reason) => {
    if (reason.code === 'items-lack')
      return [
        // A few are named; of many the filter of the rows shows which.
        reason.items.length > 8
          ? words.lacking(f.number(reason.items.length))
          : `${words.lacking(f.number(reason.items.length))}${t.ui.brackets(t.ui.list(reason.items.map(labelOf)))}`,
      ]
    return reason.code === 'not-awarded' ? [words.notAwarded] : []
  })
  return (
    <Button
      look={isBack || step.to === 'closed' ? 'text' : 'outline'}
      size="medium"
      busy={busy}
      blockedBecause={refusal ?? because[0]}
      onPress={onPress}
    >
      {name}
    </Button>
  )
}

type ClosingProps = { busy: boolean; onClose: (reason: string) => void; onCancel: () => void }

function ClosingForm({ busy, onClose, onCancel }: ClosingProps) {
  const t = useTexts().procurement
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <div className="mt-4 flex flex-col gap-4">
      <TextArea
        label={t.steps.reason}
        help={t.steps.reasonHelp}
        requirement="required"
        rows={2}
        width="full"
        value={reason}
        onChange={setReason}
        {...(tried && reason.trim() === '' ? { error: t.decide.needReason } : {})}
      />
      <div className="flex flex-wrap gap-3">
        <Button
          size="medium"
          busy={busy}
          onPress={() => {
            setTried(true)
            if (reason.trim() !== '') onClose(reason)
          }}
        >
          {t.steps.to.closed}
        </Button>
        <Button look="text" size="medium" onPress={onCancel}>
          {t.edit.cancel}
        </Button>
      </div>
    </div>
  )
}
