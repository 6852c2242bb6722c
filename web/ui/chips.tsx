import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'

import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export type Chip = { readonly id: string; readonly name: string; readonly values: readonly string[] }

type Props = {
  chips: readonly Chip[]
  onRemove: (id: string) => void
  onRemoveAll: () => void
  /** A `PopoverButton` with look `chip`, named 「条件を足す」 (`t.ui.addFilter`). */
  add?: ReactNode
}

/** One filter, one chip: name, colon, values; then 「条件を足す」 and 「すべて外す」. */
export function FilterChips({ chips, onRemove, onRemoveAll, add }: Props) {
  const t = useTexts()
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{t.ui.filters}</legend>
      <span aria-hidden="true" className="text-note text-solid-gray-700">
        {t.ui.filters}
      </span>
      {chips.map(({ id, name, values }) => (
        <span
          key={id}
          className="inline-flex min-h-9 items-center gap-1 rounded-full border border-blue-900 bg-blue-50 pr-1 pl-3.5 text-note text-blue-1000"
        >
          {t.ui.named(name, t.ui.list(values))}
          <AriaButton
            aria-label={t.ui.remove(t.ui.named(name, t.ui.list(values)))}
            className="hit-44 flex size-7 shrink-0 items-center justify-center rounded-full hover:bg-blue-100"
            onPress={() => onRemove(id)}
          >
            <Icon name="cross" size={16} />
          </AriaButton>
        </span>
      ))}
      {add}
      {chips.length > 0 && (
        <Button look="text" size="small" onPress={onRemoveAll}>
          {t.ui.removeAll}
        </Button>
      )}
    </fieldset>
  )
}
