import { useState } from 'react'

import { fieldOf, type FieldId } from '#register/fields.ts'
import { type Fact, type FactValue, unanswered } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { CheckboxGroup, notYet, RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { FactField } from '#web/ui/fact-field.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { codeWord, type FactNames } from './fact-view.tsx'
import { ModelsField } from './models-field.tsx'
import { SupplierField } from './supplier-field.tsx'

type Props = {
  field: FieldId
  fact: Fact
  onChange: (fact: Fact) => void
  names?: FactNames
  error?: string | undefined
  id?: string
  help?: string | undefined
  requirement?: 'required' | 'optional' | undefined
}

/** Any field of the register: its value in the way of its kind, or why there is none. */
export function FactInput({ field, fact, onChange, names = {}, ...props }: Props) {
  const t = useTexts()
  const label = t.fields.labels[field]
  const help = props.help ?? t.fields.help[field]
  if (props.requirement === 'required' && fieldOf(field).kind === 'text') {
    return (
      <TextField
        {...props}
        label={label}
        {...(help === undefined ? {} : { help })}
        value={'value' in fact ? String(fact.value) : ''}
        onChange={(text) => onChange(text === '' ? unanswered : { value: text })}
      />
    )
  }
  return (
    <FactField label={label} {...props} {...(help === undefined ? {} : { help })} fact={fact} onChange={onChange}>
      {(value, set) => <ValueInput field={field} label={label} value={value} set={set} names={names} />}
    </FactField>
  )
}

type ValueProps = {
  field: FieldId
  label: string
  value: FactValue | undefined
  set: (value: FactValue | undefined) => void
  names: FactNames
}

/** More codes than this are chosen from a list, not from cards. */
const mostCards = 4
/** Stands for what is typed and is no date; no schema accepts it, so it cannot be sent. */
const noSuchDate = 'no-such-date'

function ValueInput({ field, label, value, set, names }: ValueProps) {
  const t = useTexts()
  const { kind, codes = [], unit } = fieldOf(field)
  const shown = { label, hiddenLabel: true }
  const text = typeof value === 'string' ? value : ''
  const list = Array.isArray(value) ? value : []
  switch (kind) {
    case 'text':
      return <TextField {...shown} value={text} onChange={(next) => set(next === '' ? undefined : next)} />
    case 'long-text':
      return <TextArea {...shown} value={text} onChange={(next) => set(next === '' ? undefined : next)} />
    case 'code':
      return <CodeInput field={field} label={label} value={value} set={set} names={names} />
    case 'codes':
      return (
        <CheckboxGroup
          {...shown}
          columns={2}
          choices={codes.map((code) => ({ id: code, name: codeWord(t, field, code) }))}
          value={list}
          onChange={(next) => set(next.length === 0 ? undefined : next)}
        />
      )
    case 'number':
      return (
        <NumberField
          {...shown}
          min={0}
          {...(unit === undefined ? {} : { unit: t.fields.units[unit] })}
          value={typeof value === 'number' ? value : undefined}
          onChange={set}
        />
      )
    case 'date':
      return (
        <DateField
          {...shown}
          partial
          value={text === '' || text === noSuchDate ? undefined : text}
          onChange={(iso, ok) => set(ok ? iso : noSuchDate)}
        />
      )
    case 'supplier':
      return <SupplierField {...shown} value={text === '' ? undefined : text} names={names} onChange={set} />
    case 'models':
      return (
        <ModelsField
          {...shown}
          value={list}
          names={names}
          onChange={(ids) => set(ids.length === 0 ? undefined : ids)}
        />
      )
  }
}

function CodeInput({ field, label, value, set }: ValueProps) {
  const t = useTexts()
  const [saidNotYet, setSaidNotYet] = useState(false)
  const { codes = [] } = fieldOf(field)
  const choices = codes.map((code) => ({ id: code, name: codeWord(t, field, code) }))
  const chosen = typeof value === 'string' ? value : saidNotYet ? notYet : undefined
  const choose = (id: string) => {
    setSaidNotYet(id === notYet)
    set(id === notYet ? undefined : id)
  }
  if (codes.length > mostCards) {
    const all = [...choices, { id: notYet, name: t.ui.notYet }]
    return <Select label={label} hiddenLabel choices={all} value={chosen} onChange={choose} />
  }
  return <RadioCards label={label} hiddenLabel columns={2} choices={choices} value={chosen} onChange={choose} />
}
