import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Condition } from '#consultation/advice/api.ts'
import { type ConditionInput, conditionStages, effects } from '#consultation/advice/model.ts'
import { organisationsQuery } from '#web/register/calls.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { ErrorSummary } from '#web/ui/error-summary.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

type Place = { readonly id: string }
type Props = {
  title: string
  /** The organisation of the case: the owner lies in its ministry. */
  organisation: Place
  before?: Condition | undefined
  /** A condition that binds is changed with a reason. */
  withReason?: boolean
  busy: boolean
  failure: unknown
  onSave: (condition: ConditionInput, reason: string) => void
  onCancel: () => void
}

const valuesOf = (organisation: Place, before: Condition | undefined): ConditionInput => ({
  text: before?.text ?? { ja: '', en: '' },
  effect: before?.effect ?? 'blocks',
  stage: before?.stage ?? 'operation',
  ownerOrganisationId: before?.owner.id ?? organisation.id,
  ownerUnit: before?.ownerUnit ?? '',
  dueOn: before?.dueOn ?? null,
  evidenceWanted: before?.evidenceWanted ?? '',
})

export function ConditionForm({
  title,
  organisation,
  before,
  withReason = false,
  busy,
  failure,
  onSave,
  onCancel,
}: Props) {
  const t = useTexts()
  const words = t.advice.form
  const [value, setValue] = useState(() => valuesOf(organisation, before))
  const [reason, setReason] = useState('')
  const [dateOk, setDateOk] = useState(true)
  const [attempt, setAttempt] = useState(0)
  const set = (more: Partial<ConditionInput>) => setValue({ ...value, ...more })
  const faults = [
    ...(value.text.ja.trim() === '' ? [{ id: 'condition-ja', words: words.missing }] : []),
    ...(withReason && reason.trim() === '' ? [{ id: 'condition-reason', words: words.reasonMissing }] : []),
    ...(dateOk ? [] : [{ id: 'condition-due', words: t.ui.date.incomplete }]),
  ]
  const faultOf = (id: string) => (attempt > 0 ? faults.find((fault) => fault.id === id)?.words : undefined)
  const error = (id: string) => {
    const fault = faultOf(id)
    return fault === undefined ? {} : { error: fault }
  }
  return (
    <Panel title={title} level={3} edge="strong">
      {attempt > 0 && faults.length > 0 && <ErrorSummary faults={faults} attempt={attempt} />}
      {failure !== null && failure !== undefined && <Problem error={failure} takesFocus />}
      <div className="flex flex-col gap-6">
        <TextArea
          id="condition-ja"
          label={words.ja}
          requirement="required"
          rows={3}
          width="full"
          value={value.text.ja}
          onChange={(ja) => set({ text: { ...value.text, ja } })}
          {...error('condition-ja')}
        />
        <TextArea
          label={words.en}
          requirement="optional"
          rows={2}
          width="full"
          value={value.text.en}
          onChange={(en) => set({ text: { ...value.text, en } })}
        />
        <RadioCards
          label={words.effect}
          help={words.effectHelp}
          columns={2}
          choices={effects.map((id) => ({ id, name: t.advice.effects[id] }))}
          value={value.effect}
          onChange={(id) => set({ effect: effects.find((one) => one === id) ?? value.effect })}
        />
        <RadioCards
          label={words.stage}
          choices={conditionStages.map((id) => ({ id, name: t.fields.codes.stage[id] }))}
          value={value.stage}
          onChange={(id) => set({ stage: conditionStages.find((one) => one === id) ?? value.stage })}
        />
        <OwnerField
          organisation={organisation}
          value={value.ownerOrganisationId}
          onChange={(id) => set({ ownerOrganisationId: id })}
        />
        <TextField
          label={words.unit}
          requirement="optional"
          width="long"
          value={value.ownerUnit}
          onChange={(ownerUnit) => set({ ownerUnit })}
        />
        <DateField
          id="condition-due"
          label={words.due}
          requirement="optional"
          value={value.dueOn ?? undefined}
          onChange={(day, ok) => {
            setDateOk(ok)
            set({ dueOn: day ?? null })
          }}
          {...error('condition-due')}
        />
        <TextArea
          label={words.evidence}
          requirement="optional"
          rows={2}
          width="full"
          value={value.evidenceWanted}
          onChange={(evidenceWanted) => set({ evidenceWanted })}
        />
        {withReason && (
          <TextArea
            id="condition-reason"
            label={words.reason}
            requirement="required"
            rows={2}
            width="full"
            value={reason}
            onChange={setReason}
            {...error('condition-reason')}
          />
        )}
        <div className="flex flex-wrap gap-3">
          <Button
            look="filled"
            size="medium"
            busy={busy}
            onPress={() => {
              setAttempt(attempt + 1)
              if (faults.length === 0) onSave(value, reason)
            }}
          >
            {words.save}
          </Button>
          <Button look="text" size="medium" onPress={onCancel}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

/** Organisations of the ministry of the case. */
function OwnerField({
  organisation,
  value,
  onChange,
}: {
  organisation: Place
  value: string
  onChange: (id: string) => void
}) {
  const t = useTexts()
  const pick = usePick()
  const all = useQuery(organisationsQuery).data ?? []
  const ministry = all.find(({ id }) => id === organisation.id)?.path[0]
  const name = new Map(all.map((one) => [one.id, pick(one.name)]))
  const of = all.filter(({ path }) => path[0] === ministry)
  return (
    <Select
      key={of.length}
      label={t.advice.form.owner}
      requirement="required"
      width="long"
      choices={of.map(({ id, path }) => ({ id, name: path.map((one) => name.get(one) ?? '').join(' ') }))}
      value={value}
      onChange={onChange}
    />
  )
}
