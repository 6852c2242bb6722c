import type { ReactNode } from 'react'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { FieldError } from 'react-aria-components/FieldError'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'

/** The width tells the length expected. */
export type FieldWidth = 'short' | 'medium' | 'long' | 'full'
export const fieldWidths: Record<FieldWidth, string> = {
  short: 'w-full max-w-32',
  medium: 'w-full max-w-80',
  long: 'w-full max-w-2xl',
  full: 'w-full',
}

/** What every field has. There is no placeholder: what is expected is said in `help`. */
export type FieldProps = {
  label: string
  /** Under the label, 14 px. */
  help?: ReactNode
  /** 必須 or 任意 as a word; left out where the whole form says it once. */
  requirement?: 'required' | 'optional' | undefined
  /** What is wrong and what to do; the same words stand in the error summary. */
  error?: string | undefined
  /** The summary links here. */
  id?: string
  width?: FieldWidth
  /** The label is for screen readers only: in a table whose head names the column. */
  hiddenLabel?: boolean
  /** 48 high, or 36 in tables. */
  dense?: boolean
}

export const inputLook = (dense: boolean | undefined, error: boolean): string =>
  classes(
    'rounded-8 border bg-white px-3 text-solid-gray-800 hover:border-solid-gray-900 aria-disabled:bg-solid-gray-50',
    dense ? 'min-h-9 text-note' : 'min-h-12 text-std-16N-170',
    error ? 'border-2 border-red-800' : 'border-solid-gray-600',
  )

export function Requirement({ requirement }: { requirement: FieldProps['requirement'] }) {
  const t = useTexts()
  if (requirement === undefined) return null
  return (
    <span
      className={classes(
        'ml-2 text-note font-400',
        requirement === 'required' ? 'text-red-900' : 'text-solid-gray-700',
      )}
    >
      {requirement === 'required' ? t.ui.required : t.ui.optional}
    </span>
  )
}

/** Label, requirement and help over a field of react-aria-components, which joins them by id. */
export function FieldHead({ label, help, requirement, hiddenLabel }: FieldProps) {
  return (
    <div className={hiddenLabel ? 'sr-only' : 'mb-1'}>
      <Label className="font-700 text-solid-gray-900">
        {label}
        <Requirement requirement={requirement} />
      </Label>
      {help !== undefined && (
        <Text slot="description" elementType="div" className="text-note text-solid-gray-700">
          {help}
        </Text>
      )}
    </div>
  )
}

/** The error under a field of react-aria-components. */
export function FieldFault({ error }: { error: string | undefined }) {
  if (error === undefined) return null
  return (
    <FieldError className="mt-1 flex items-start gap-1 text-note text-red-900">
      <Icon name="triangle-alert" size={16} className="mt-1" />
      <span>{error}</span>
    </FieldError>
  )
}

type GroupProps = Pick<FieldProps, 'label' | 'help' | 'requirement' | 'error' | 'id'> & {
  children: ReactNode
  hiddenLabel?: boolean
}

/** Several fields under one name: a fieldset with legend, help and error. */
export function FieldGroup({ label, help, requirement, error, id, children, hiddenLabel }: GroupProps) {
  const helpId = id === undefined ? undefined : `${id}-help`
  const errorId = id === undefined ? undefined : `${id}-error`
  const describedBy = [help === undefined ? undefined : helpId, error === undefined ? undefined : errorId]
    .filter(Boolean)
    .join(' ')
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className="min-w-0"
      {...(describedBy === '' ? {} : { 'aria-describedby': describedBy })}
    >
      <legend className={hiddenLabel ? 'sr-only' : 'mb-1 font-700 text-solid-gray-900'}>
        {label}
        <Requirement requirement={requirement} />
      </legend>
      {help !== undefined && (
        <div id={helpId} className="mb-1 text-note text-solid-gray-700">
          {help}
        </div>
      )}
      {children}
      {error !== undefined && (
        <p id={errorId} className="mt-1 flex items-start gap-1 text-note text-red-900">
          <Icon name="triangle-alert" size={16} className="mt-1" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  )
}
