import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'

import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

type Props<T extends string> = {
  value: T
  choices: readonly (readonly [T, string])[]
  onChange: (value: T) => void
}

/** Which rows are shown. */
export function ShowChoice<T extends string>({ value, choices, onChange }: Props<T>) {
  const t = useTexts()
  return (
    <ToggleButtonGroup
      aria-label={t.importing.preview.showName}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find(([id]) => keys.has(id))
        if (chosen) onChange(chosen[0])
      }}
      className="inline-flex flex-wrap gap-1"
    >
      {choices.map(([id, name]) => (
        <ToggleButton
          key={id}
          id={id}
          className={({ isSelected }) =>
            classes(
              'hit-44 rounded-6 px-2 py-0.5',
              isSelected ? 'bg-blue-50 font-700 text-blue-1000' : 'text-blue-1000 underline underline-offset-4',
            )
          }
        >
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
