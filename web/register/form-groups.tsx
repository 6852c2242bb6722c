import { useState } from 'react'
import { type Control, useWatch } from 'react-hook-form'

import { type FieldGroup, fieldIds, type FieldId, fieldOf } from '#register/fields.ts'
import type { Fact } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'

import type { FactNames } from './fact-view.tsx'
import { FormField } from './form-field.tsx'
import type { FormValues } from './form-values.ts'

export type Scopes = { readonly system: boolean; readonly use: number | undefined }

/** Enough to register a use of low risk: who uses it for what, on which information, and who judges. */
export const firstFields: readonly FieldId[] = [
  'name',
  'purpose',
  'stage',
  'users-kind',
  'information-class',
  'human-judgement',
]
const inScope = (id: FieldId, { system, use }: Scopes) => (fieldOf(id).scope === 'system' ? system : use !== undefined)
const indexOf = (id: FieldId, { use }: Scopes) => (fieldOf(id).scope === 'system' ? undefined : use)

type Props = {
  control: Control<FormValues>
  names: FactNames
  scopes: Scopes
  /** Fields that stand elsewhere, or that cannot be changed here. */
  without: readonly FieldId[]
  /** Groups with these fields are open. */
  open: readonly FieldId[]
}

/** Everything else, folded by group; a group says how much of it is answered. */
export function FormGroups({ control, names, scopes, without, open }: Props) {
  const shown = fieldIds.filter((id) => inScope(id, scopes) && !without.includes(id))
  const groups = [...new Set(shown.map((id) => fieldOf(id).group))]
  return (
    <div className="border-t border-solid-gray-200">
      {groups.map((group) => {
        const ids = shown.filter((id) => fieldOf(id).group === group)
        return (
          <Group
            key={group}
            group={group}
            ids={ids}
            control={control}
            names={names}
            scopes={scopes}
            forced={ids.some((id) => open.includes(id))}
          />
        )
      })}
    </div>
  )
}

type GroupProps = Pick<Props, 'control' | 'names' | 'scopes'> & {
  group: FieldGroup
  ids: readonly FieldId[]
  forced: boolean
}

function Group({ group, ids, control, names, scopes, forced }: GroupProps) {
  const t = useTexts()
  const [opened, setOpened] = useState(false)
  const open = opened || forced
  const system = useWatch({ control, name: 'system' })
  const uses = useWatch({ control, name: 'uses' })
  const factOf = (id: FieldId): Fact | undefined => {
    const use = indexOf(id, scopes)
    return use === undefined ? system[id] : uses[use]?.facts[id]
  }
  const done = ids.filter((id) => {
    const fact = factOf(id)
    return fact !== undefined && !('absent' in fact && fact.absent === 'unanswered')
  })
  return (
    <details
      open={open}
      onToggle={(e) => setOpened(e.currentTarget.open)}
      className="group border-b border-solid-gray-200"
    >
      <summary className="flex min-h-12 cursor-pointer list-none flex-wrap items-center gap-x-3 rounded-6 py-2 hover:bg-solid-gray-50">
        <Icon name="chevron-right" size={16} className="group-open:rotate-90" />
        <span className="font-700 text-solid-gray-900">{t.fields.groups[group]}</span>
        <span className="text-note text-solid-gray-700">
          {t.register.form.answered(formatNumber(done.length), formatNumber(ids.length))}
        </span>
      </summary>
      {open && (
        <div className="flex flex-col gap-6 py-4 pl-7">
          {ids.map((id) => (
            <FormField key={id} control={control} field={id} use={indexOf(id, scopes)} names={names} />
          ))}
        </div>
      )}
    </details>
  )
}
