import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'

import { classes } from '#web/ui/class-names.ts'

type Props<T extends string> = {
  label: string
  choices: readonly { readonly id: T; readonly name: string }[]
  /** Nothing where what it stands for is not of one value. */
  value: T | undefined
  onChange: (id: T) => void
  /** Chosen elsewhere, and shown. */
  fixed?: boolean
}

/** A choice of a few in one row: Tab enters it, arrows move inside. */
export function Segmented<T extends string>({ label, choices, value, onChange, fixed = false }: Props<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value ?? null}
      onChange={(id) => onChange(id as T)}
      isReadOnly={fixed}
      className="inline-flex w-fit flex-wrap justify-self-start overflow-hidden rounded-6 border border-solid-gray-600"
    >
      {choices.map(({ id, name }) => (
        <Radio
          key={id}
          value={id}
          className={({ isSelected }) =>
            classes(
              'keep flex min-h-9 items-center border-l border-solid-gray-300 px-2 text-note first:border-l-0',
              fixed ? 'cursor-default' : 'cursor-pointer',
              isSelected ? 'bg-blue-900 font-700 text-white' : 'bg-white hover:bg-solid-gray-50',
              fixed && !isSelected && 'text-solid-gray-700 hover:bg-white',
            )
          }
        >
          {name}
        </Radio>
      ))}
    </RadioGroup>
  )
}
