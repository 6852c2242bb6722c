import { type Control, Controller } from 'react-hook-form'

import { useTexts } from '#web/texts/language.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import type { FormValues } from './form-values.ts'

/** Why a new one is needed although similar uses are known. */
export function NewBecause({ control }: { control: Control<FormValues> }) {
  const t = useTexts()
  const words = t.register.similar
  return (
    <Controller
      control={control}
      name="newBecause"
      render={({ field: { value, onChange }, fieldState: { error } }) => (
        <TextArea
          id="newBecause"
          label={words.newBecause}
          help={words.newBecauseHelp}
          requirement="required"
          rows={3}
          maxLength={2000}
          value={value}
          onChange={onChange}
          error={error?.message}
        />
      )}
    />
  )
}
