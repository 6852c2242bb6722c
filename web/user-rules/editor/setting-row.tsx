import { useState } from 'react'

import { outputChecks, type Setting, settingKinds } from '#user-rules/settings.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { Segmented } from './segmented.tsx'
import type { Group } from './setting-groups.ts'
import { valueWords } from './setting-words.ts'

type Props = {
  group: Group
  settings: readonly Setting[]
  fixed: boolean
  /** @param at places of the settings that get the value */
  onValue: (at: readonly number[], value: Setting['value']) => void
}

/** One row: what it is about, and what it is set to. */
export function SettingRow({ group, settings, fixed, onValue }: Props) {
  const t = useTexts()
  const texts = t.userRules.settings
  const [each, setEach] = useState(false)
  const members = group.at.map((at) => settings[at]!)
  const [first] = members
  const locked = first?.kind === 'personal-data' && first.category === 'my-number'
  const personal = group.kind === 'personal-data'
  const title = locked
    ? texts.category['my-number']
    : personal && group.service
      ? texts.services[group.service]
      : texts.kinds[group.kind]
  const below = locked
    ? texts.services.any
    : personal
      ? `${texts.kinds['personal-data']} ${t.ui.brackets(texts.categories(members.length))}`
      : group.service && texts.services[group.service]
  return (
    <div className="border-b border-solid-gray-200 px-3 py-2.5 last:border-b-0">
      <div className="grid items-center gap-x-4 gap-y-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <div className="text-note">
          <p>{title}</p>
          {below && <p className="text-solid-gray-700">{below}</p>}
        </div>
        {locked ? (
          <p className="flex flex-wrap items-center gap-2 text-note">
            <span className="keep inline-flex min-h-9 items-center rounded-6 bg-blue-900 px-2.5 font-700 text-white">
              {texts.values.refuse}
            </span>
            <span className="inline-flex items-center gap-1">
              <Icon name="padlock" size={16} />
              {texts.locked}
            </span>
          </p>
        ) : (
          <Control at={group.at} members={members} fixed={fixed} label={title} onValue={onValue} />
        )}
      </div>
      {personal && !locked && members.length > 1 && (
        <>
          <button
            type="button"
            aria-expanded={each}
            onClick={() => setEach(!each)}
            className="mt-1 min-h-6 text-note text-blue-1000 underline underline-offset-4"
          >
            {texts.perCategory}
          </button>
          {each &&
            group.at.map((at) => {
              const setting = settings[at]!
              const name = setting.kind === 'personal-data' ? texts.category[setting.category] : ''
              return (
                <div key={at} className="grid items-center gap-x-4 gap-y-1 py-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
                  <span className="text-note">{name}</span>
                  <Control at={[at]} members={[setting]} fixed={fixed} label={`${title} ${name}`} onValue={onValue} />
                </div>
              )
            })}
        </>
      )}
    </div>
  )
}

type ControlProps = Pick<Props, 'fixed' | 'onValue'> & {
  at: readonly number[]
  members: readonly Setting[]
  label: string
}

function Control({ at, members, fixed, label, onValue }: ControlProps) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.settings
  const first = members[0]!
  const rule = settingKinds[first.kind]
  const set = (value: unknown) => onValue(at, value as Setting['value'])
  if (rule.holds === 'level') {
    const same = members.every((one) => one.value === first.value)
    return (
      <Segmented
        label={label}
        choices={rule.order.map((id) => ({ id, name: texts.values[id] }))}
        value={same ? (first.value as (typeof rule.order)[number]) : undefined}
        onChange={set}
        fixed={fixed}
      />
    )
  }
  const names = 'names' in first ? first.names : {}
  if (fixed) return <p className="text-note">{valueWords(t, pick, first.kind, first.value, names)}</p>
  if (rule.holds === 'at-most')
    return (
      <NumberField
        label={label}
        hiddenLabel
        dense
        integer
        min={0}
        width="short"
        value={first.value as number}
        unit={texts[first.kind === 'retention' ? 'days' : first.kind === 'quota-requests' ? 'times' : 'characters']}
        onChange={(value) => value !== undefined && Number.isInteger(value) && set(value)}
      />
    )
  if (first.kind === 'hosting')
    return (
      <TextField
        label={texts.countries}
        dense
        value={first.value.join(', ')}
        onChange={(text) =>
          set(
            text
              .split(/[,、\s]+/)
              .map((code) => code.toUpperCase())
              .filter((code) => /^[A-Z]{0,2}$/.test(code) && code !== ''),
          )
        }
      />
    )
  const choices =
    first.kind === 'output-checks'
      ? Object.keys(outputChecks).map((id) => ({ id, name: texts.checks[id as keyof typeof outputChecks] }))
      : Object.entries(names).map(([id, words]) => ({ id, name: pick(words) }))
  return <CheckboxGroup label={label} hiddenLabel choices={choices} value={first.value as string[]} onChange={set} />
}
