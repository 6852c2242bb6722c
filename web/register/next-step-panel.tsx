import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { StageMoved, SystemDetail } from '#register/api.ts'
import { type Stage, stages } from '#register/fields.ts'
import { stageOf } from '#register/workflow.ts'
import type { StepNeeds, Steps } from '#stages/api.ts'
import { standsInTheWay, warns } from '#stages/model.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { formatNumber, inTokyo } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { registerChanged, stepsQuery } from './calls.ts'
import { StepNeedsList } from './step-needs.tsx'
import { StepReasons, type Reason } from './step-reasons.tsx'

type Step = StepNeeds

/** The next stage onwards. Where there is none, nothing is chosen for the person: stopping is not a next stage. */
export function nextOf<S extends { readonly to: Stage }>(from: Stage | undefined, steps: readonly S[]): S | undefined {
  const onwards = steps.filter(({ to }) => to !== 'suspended' && to !== 'retired')
  if (from === undefined) return undefined
  if (from === 'suspended') return onwards.find(({ to }) => to === 'operation')
  return onwards.find(({ to }) => stages.indexOf(to) > stages.indexOf(from))
}

const today = () => inTokyo(new Date().toISOString()).date

/** What is missing for the next stage, blocking first; the step itself stays in place and says why it cannot be taken. */
export function NextStepPanel({ system }: { system: SystemDetail }) {
  const t = useTexts()
  const query = useQuery(stepsQuery(system.id))
  if (query.data === undefined)
    return (
      <div id="next-step" tabIndex={-1}>
        <Panel title={t.stages.title}>
          <Loaded query={query}>{() => null}</Loaded>
        </Panel>
      </div>
    )
  return (
    <>
      <Loaded query={query}>{(all) => <StepsPanel system={system} all={all} />}</Loaded>
    </>
  )
}

function StepsPanel({ system, all }: { system: SystemDetail; all: Steps }) {
  const t = useTexts()
  const words = t.register.system.next
  const steps = all.steps
  const [chosen, setChosen] = useState<Stage | undefined>()
  const [moved, setMoved] = useState<Stage | undefined>()
  const from = stageOf(system.facts)
  const step = steps.find(({ to }) => to === chosen) ?? nextOf(from, steps)
  const stageName = (stage: Stage) => t.fields.codes.stage[stage]
  return (
    <div id="next-step" tabIndex={-1}>
      <Panel
        title={
          from === undefined ? words.report : step === undefined ? words.titleNone : words.title(stageName(step.to))
        }
      >
        {moved !== undefined && <Notice kind="success" level={3} title={words.done(stageName(moved))} />}
        {step === undefined ? (
          <p>{from === undefined ? words.notReported : steps.length === 0 ? words.none : words.noneOnwards}</p>
        ) : (
          <StepForm
            key={`${step.to}:${system.version}`}
            system={system}
            all={all}
            step={step}
            onMoved={() => {
              setMoved(step.to)
              setChosen(undefined)
            }}
          />
        )}
        {steps.length > (step === undefined ? 0 : 1) && (
          <div className="mt-5 border-t border-solid-gray-200 pt-4">
            <Select
              label={from === undefined ? t.fields.labels.stage : words.others}
              dense
              choices={steps.map(({ to }) => ({ id: to, name: stageName(to) }))}
              value={step?.to}
              onChange={(id) => setChosen(steps.find(({ to }) => to === id)?.to)}
            />
          </div>
        )}
      </Panel>
    </div>
  )
}

type FormProps = { system: SystemDetail; all: Steps; step: Step; onMoved: () => void }

function StepForm({ system, all, step, onMoved }: FormProps) {
  const t = useTexts()
  const words = t.register.system.next
  const queryClient = useQueryClient()
  const [on, setOn] = useState<string | undefined>(today)
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState<readonly Reason[]>([])
  const move = useMutation({
    mutationFn: () =>
      api.post<StageMoved>(
        `/systems/${system.id}/stage`,
        { to: step.to, on, ...(reason.trim() === '' ? {} : { reason }) },
        { version: system.version },
      ),
    onSuccess: async (answer) => {
      if (!answer.ok) {
        setRefused(answer.reasons)
        return registerChanged(queryClient)
      }
      onMoved()
      await registerChanged(queryClient)
    },
  })
  const needsReason = step.reasons.some(({ code }) => code === 'reason-needed')
  const blocking = step.reasons.filter(({ code }) => code !== 'reason-needed')
  const open = step.needs.filter(standsInTheWay)
  const missing = open.filter(({ state }) => state === 'missing')
  const count = blocking.length + (missing.length > 0 ? missing : open).length
  const warned = step.needs.filter(warns).length
  const stage = t.fields.codes.stage[step.to]
  const may = system.may['change-stage'] ?? false
  const blockedBecause = !may
    ? t.register.system.reasons['not-permitted']
    : count > 0
      ? words.blocked(formatNumber(count))
      : on === undefined
        ? t.ui.date.incomplete
        : needsReason && reason.trim() === ''
          ? t.register.system.reasons['reason-needed']
          : undefined
  return (
    <>
      <StepReasons system={system} reasons={[...blocking, ...refused.filter(({ code }) => code !== 'need-missing')]} />
      <StepNeedsList system={system} steps={all} step={step} />
      {count === 0 && refused.length === 0 && warned === 0 && (
        <p className="flex gap-2 border-b border-solid-gray-200 py-3">
          <Icon name="circle-tick" className="mt-1 text-green-900" />
          {words.ready}
        </p>
      )}
      {move.isError && <Problem error={move.error} onAgain={() => void registerChanged(queryClient)} takesFocus />}
      {may && count === 0 && (
        <div className="mt-4 flex flex-col gap-4">
          <DateField label={words.date} value={on} onChange={(iso) => setOn(iso)} />
          <TextField
            label={words.reason}
            help={t.register.form.reasonHelp}
            requirement={needsReason ? 'required' : 'optional'}
            width="full"
            value={reason}
            onChange={setReason}
          />
        </div>
      )}
      <div className="mt-4">
        <Button look="filled" busy={move.isPending} blockedBecause={blockedBecause} onPress={() => move.mutate()}>
          {stageOf(system.facts) === undefined ? words.reportAs(stage) : words.step(stage)}
        </Button>
      </div>
      {warned > 0 && count === 0 && <p className="mt-3 text-note">{t.stages.warned(formatNumber(warned))}</p>}
      {open.length > 0 && !all.may.waive && <p className="mt-3 text-note">{t.stages.waive.onlyCaio}</p>}
    </>
  )
}
