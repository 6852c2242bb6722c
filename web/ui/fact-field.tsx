import { type ReactNode, useId, useState } from 'react'

import type { Absence, Absent, Fact, FactValue } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { FieldGroup, type FieldProps } from './field.tsx'
import { inTokyo } from './format.ts'
import { Select } from './select.tsx'
import { AbsenceMark } from './tags.tsx'
import { TextField } from './text-field.tsx'

type Reason = Exclude<Absence, 'unanswered'>
const reasons: readonly Reason[] = ['unknown', 'not-applicable', 'withheld', 'waived']
const today = () => inTokyo(new Date().toISOString()).date

/** Begins an absence: since when something is unknown is the day on which it is said. */
const begin: Record<Reason, () => Absent> = {
  unknown: () => ({ absent: 'unknown', since: today() }),
  'not-applicable': () => ({ absent: 'not-applicable' }),
  withheld: () => ({ absent: 'withheld' }),
  waived: () => ({ absent: 'waived', by: '', why: '' }),
}

type Props = Pick<FieldProps, 'label' | 'help' | 'requirement' | 'error' | 'id'> & {
  fact: Fact
  onChange: (fact: Fact) => void
  /** The field for the value, with `hiddenLabel`; `set(undefined)` makes the fact unanswered. */
  children: (value: FactValue | undefined, set: (value: FactValue | undefined) => void) => ReactNode
}

/** A field that is a value or says why not. */
export function FactField({ fact, onChange, children, ...props }: Props) {
  const t = useTexts()
  const ownId = useId()
  const [asking, setAsking] = useState(false)
  const absent = 'absent' in fact && fact.absent !== 'unanswered' ? fact : undefined
  const set = (value: FactValue | undefined) => onChange(value === undefined ? { absent: 'unanswered' } : { value })
  return (
    <FieldGroup {...props} id={props.id ?? ownId}>
      {absent === undefined && children('value' in fact ? fact.value : undefined, set)}
      {absent === undefined && !asking && (
        <Button
          look="text"
          size="small"
          label={t.ui.named(props.label, t.ui.absence.change)}
          onPress={() => setAsking(true)}
        >
          {t.ui.absence.change}
        </Button>
      )}
      {(absent !== undefined || asking) && (
        <AbsencePicker
          absent={absent}
          onChange={onChange}
          onValue={() => {
            setAsking(false)
            set(undefined)
          }}
        />
      )}
    </FieldGroup>
  )
}

type PickerProps = {
  absent: Exclude<Absent, { absent: 'unanswered' }> | undefined
  onChange: (absent: Absent) => void
  /** The person wants to give a value after all. */
  onValue: () => void
}

/** Why there is no value, and what belongs to the reason: a note, or who waived it and why. */
export function AbsencePicker({ absent, onChange, onValue }: PickerProps) {
  const t = useTexts()
  const names: Record<Reason, string> = {
    unknown: t.ui.named(t.words.absences.unknown, t.ui.absence.unknown),
    'not-applicable': t.ui.named(t.words.absences['not-applicable'], t.ui.absence.notApplicable),
    withheld: t.ui.named(t.words.absences.withheld, t.ui.absence.withheld),
    waived: t.ui.named(t.words.absences.waived, t.ui.absence.waived),
  }
  return (
    <div className="mt-2 flex flex-col gap-3 border-l-4 border-solid-gray-200 pl-4">
      {absent !== undefined && <AbsenceMark absent={absent} />}
      <Select
        label={t.ui.absence.legend}
        width="long"
        value={absent?.absent}
        choices={[...reasons.map((id) => ({ id, name: names[id] })), { id: 'value', name: t.ui.absence.value }]}
        onChange={(id) => {
          const reason = reasons.find((one) => one === id)
          if (reason === undefined) onValue()
          else onChange(begin[reason]())
        }}
      />
      {absent?.absent === 'waived' ? (
        <>
          <TextField
            label={t.ui.absence.by}
            requirement="required"
            value={absent.by}
            width="medium"
            onChange={(by) => onChange({ ...absent, by })}
          />
          <TextField
            label={t.ui.absence.why}
            requirement="required"
            value={absent.why}
            onChange={(why) => onChange({ ...absent, why })}
          />
        </>
      ) : (
        absent !== undefined && (
          <TextField
            label={t.ui.absence.note}
            requirement="optional"
            {...(absent.absent === 'unknown' ? { help: t.ui.absence.unknownNote } : {})}
            value={absent.note ?? ''}
            onChange={(note) => onChange({ ...absent, note: note === '' ? undefined : note })}
          />
        )
      )}
    </div>
  )
}
