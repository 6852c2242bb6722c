import { useEffect, useRef } from 'react'
import { Input } from 'react-aria-components/Input'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'

import { classes } from './class-names.ts'
import { FieldFault, FieldHead, type FieldProps, fieldWidths, inputLook } from './field.tsx'

type TextFieldProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  type?: 'text' | 'search' | 'email' | 'url' | 'tel'
  inputMode?: 'text' | 'numeric' | 'decimal'
  maxLength?: number
  /** In a small form that was just opened. */
  takesFocus?: boolean
  autoComplete?: string
  lang?: string
  readOnly?: boolean
}

export function TextField({ width = 'long', takesFocus = false, ...props }: TextFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  return (
    <AriaTextField
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? 'text'}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      isReadOnly={props.readOnly ?? false}
      autoComplete={props.autoComplete ?? 'off'}
      className="flex flex-col"
    >
      <FieldHead {...props} />
      <Input
        ref={input}
        {...(props.id === undefined ? {} : { id: props.id })}
        {...(props.lang === undefined ? {} : { lang: props.lang })}
        className={classes(inputLook(props.dense, props.error !== undefined), fieldWidths[width])}
      />
      <FieldFault error={props.error} />
    </AriaTextField>
  )
}

type TextAreaProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  rows?: number
  maxLength?: number
}

export function TextArea({ width = 'long', rows = 4, ...props }: TextAreaProps) {
  return (
    <AriaTextField
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      value={props.value}
      onChange={props.onChange}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      className="flex flex-col"
    >
      <FieldHead {...props} />
      <AriaTextArea
        {...(props.id === undefined ? {} : { id: props.id })}
        rows={rows}
        className={classes(inputLook(false, props.error !== undefined), 'py-2', fieldWidths[width])}
      />
      <FieldFault error={props.error} />
    </AriaTextField>
  )
}
