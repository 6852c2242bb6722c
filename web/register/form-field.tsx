import { type Control, Controller } from 'react-hook-form'

import type { FieldId } from '#register/fields.ts'
import { type Fact, unanswered } from '#register/model.ts'

import { FactInput } from './fact-input.tsx'
import type { FactNames } from './fact-view.tsx'
import { type FormValues, systemPath, usePath } from './form-values.ts'

type Props = {
  control: Control<FormValues>
  field: FieldId
  /** Index of the use, for facts of a use. */
  use: number | undefined
  names: FactNames
  requirement?: 'required' | 'optional'
  help?: string | undefined
}

/** One field of the register in the form. */
export function FormField({ control, field, use, names, ...rest }: Props) {
  const path = use === undefined ? systemPath(field) : usePath(use, field)
  return (
    <Controller
      control={control}
      name={path as 'system.x'}
      render={({ field: { value, onChange }, fieldState: { error } }) => (
        <FactInput
          {...rest}
          id={path}
          field={field}
          fact={(value as Fact | undefined) ?? unanswered}
          onChange={onChange}
          names={names}
          error={error?.message}
        />
      )}
    />
  )
}
