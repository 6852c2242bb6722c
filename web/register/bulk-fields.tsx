import { useState } from 'react'

import { fieldIds, type FieldId, fieldOf } from '#register/fields.ts'
import { type Facts, factSchema, unanswered } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { FactInput } from './fact-input.tsx'

/** Names tell systems apart, and stages are moved one by one. */
const changeable: readonly FieldId[] = fieldIds.filter(
  (id) =>
    !['name', 'name-reading', 'name-en', 'use-name', 'source-id', 'sender-risk-label'].includes(id) &&
    fieldOf(id).group !== 'stage',
)

type Props = {
  lead: string
  set: Facts
  onSet: (set: Facts) => void
  reason: string
  onReason: (reason: string) => void
  busy: boolean
  onPreview: () => void
  onCancel: () => void
}

/** Which fields change and to what. A field can also be set to a reason why there is no value. */
export function BulkFields({ lead, set, onSet, reason, onReason, busy, onPreview, onCancel }: Props) {
  const t = useTexts()
  const words = t.register.bulk
  const [fields, setFields] = useState<readonly FieldId[]>(Object.keys(set) as FieldId[])
  const left = changeable.filter((id) => !fields.includes(id))
  const ready = fields.length > 0 && fields.every((id) => factSchema(id).safeParse(set[id]).success)
  const drop = (field: FieldId) => {
    setFields(fields.filter((id) => id !== field))
    onSet(Object.fromEntries(Object.entries(set).filter(([id]) => id !== field)))
  }
  return (
    <div className="max-w-[75rem]">
      <p className="mb-4">{lead}</p>
      {fields.map((field) => (
        <div key={field} className="mb-6 rounded-8 border border-solid-gray-200 p-5">
          <FactInput
            field={field}
            fact={set[field] ?? unanswered}
            onChange={(fact) => onSet({ ...set, [field]: fact })}
          />
          <div className="mt-3">
            <Button look="text" size="small" onPress={() => drop(field)}>
              {words.removeField(t.fields.labels[field])}
            </Button>
          </div>
        </div>
      ))}
      {left.length === 0 ? (
        <p>{words.allFields}</p>
      ) : (
        <Select
          key={fields.length}
          label={fields.length === 0 ? words.chooseFields : words.addField}
          choices={left.map((id) => ({ id, name: t.fields.labels[id], note: t.fields.groups[fieldOf(id).group] }))}
          value={undefined}
          onChange={(id) => setFields([...fields, ...left.filter((one) => one === id)])}
        />
      )}
      <div className="mt-6">
        <TextField
          label={words.reason}
          help={words.reasonHelp}
          requirement="optional"
          value={reason}
          onChange={onReason}
        />
      </div>
      <div className="mt-8 flex flex-wrap items-start gap-3">
        <Button onPress={onCancel}>{t.ui.cancel}</Button>
        <Button look="filled" busy={busy} blockedBecause={ready ? undefined : words.noField} onPress={onPreview}>
          {words.preview}
        </Button>
      </div>
    </div>
  )
}
