import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import type { FieldProps } from './field.tsx'
import { formatNumber } from './format.ts'
import { numberFault, type NumberLimits, readNumber } from './number-text.ts'
import { TextField } from './text-field.tsx'

type Props = FieldProps &
  NumberLimits & {
    value: number | undefined
    /** `NaN` while what is typed is not a number: do not send it. */
    onChange: (value: number | undefined) => void
    /** After the field: 「人」「時間／年」. */
    unit?: string
  }

/** Keeps what was typed while it is typed, and shows it with commas when the field is left. */
export function NumberField({ value, onChange, unit, min, max, integer, width = 'short', ...props }: Props) {
  const t = useTexts()
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const limits = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    integer: integer ?? false,
  }
  const shown = typed ?? (value === undefined || Number.isNaN(value) ? '' : formatNumber(value))
  const fault = typed === undefined || Number.isNaN(value) ? numberFault(value, limits, t) : undefined
  return (
    <div className="flex items-end gap-2">
      <TextField
        {...props}
        width={width}
        error={props.error ?? fault}
        inputMode={integer ? 'numeric' : 'decimal'}
        value={shown}
        onChange={(text) => {
          setTyped(text)
          onChange(readNumber(text))
        }}
        onBlur={() => {
          if (!Number.isNaN(value)) setTyped(undefined)
        }}
      />
      {unit !== undefined && <span className="pb-3">{unit}</span>}
    </div>
  )
}
