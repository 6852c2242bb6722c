import { type ReactNode, useId } from 'react'
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button'

import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type ButtonLook = 'filled' | 'outline' | 'text'
export type ButtonSize = 'large' | 'medium' | 'small'

const looks: Record<ButtonLook, string> = {
  filled: 'border border-transparent bg-blue-900 text-white hover:bg-blue-1000 active:bg-blue-1200',
  outline: 'border border-blue-900 bg-white text-blue-900 hover:bg-blue-50 hover:text-blue-1000 active:bg-blue-100',
  text: 'border border-transparent text-blue-1000 underline underline-offset-4 hover:bg-blue-50 hover:decoration-2 active:bg-blue-100',
}
const danger: Record<ButtonLook, string> = {
  filled: 'border border-transparent bg-red-900 text-white hover:bg-red-1000 active:bg-red-1200',
  outline: 'border border-red-900 bg-white text-red-900 hover:bg-red-50 active:bg-red-100',
  text: 'border border-transparent text-red-900 underline underline-offset-4 hover:bg-red-50 active:bg-red-100',
}
const blockedFrame = 'border border-solid-gray-300 bg-solid-gray-50 text-solid-gray-600 cursor-not-allowed'
const blocked: Record<ButtonLook, string> = {
  filled: blockedFrame,
  outline: blockedFrame,
  text: 'border border-transparent text-solid-gray-600 cursor-not-allowed',
}
const tones = { normal: looks, danger, blocked }
const sizes: Record<ButtonSize, string> = {
  large: 'min-h-12 px-4 py-3 rounded-8 text-oln-16B-100',
  medium: 'min-h-9 px-3 py-2 rounded-6 text-oln-16B-100',
  small: 'min-h-7 px-2 py-1 rounded-6 text-oln-14B-100',
}

/** The classes of a button, for links that look like one. */
export const buttonClasses = (look: ButtonLook, size: ButtonSize, tone: keyof typeof tones = 'normal'): string =>
  classes(
    'hit-44 inline-flex items-center justify-center gap-2 leading-snug! text-center select-none',
    tones[tone][look],
    sizes[size],
    // Words without a frame stand in line with the text around them.
    look === 'text' && 'px-0!',
  )

export type ButtonProps = {
  /** Verb first, naming the deed and its size. */
  children: ReactNode
  onPress?: (e: PressEvent) => void
  look?: ButtonLook
  size?: ButtonSize
  tone?: 'normal' | 'danger'
  icon?: IconName
  /** The icon stands after the words: 「次へ」. */
  iconAfter?: boolean
  type?: 'button' | 'submit' | 'reset'
  /** The deed stays in place and can be reached; this sentence beside it says why it cannot be done now. */
  blockedBecause?: string | undefined
  /** Where the reason stands: under the button, or only for screen readers because the page shows it elsewhere. */
  reason?: 'below' | 'hidden'
  /** The deed is under way: pressing again does nothing. */
  busy?: boolean
  /** Accessible name when the words alone are not clear in a row, as 「直す：会議録の要約」. */
  label?: string | undefined
  form?: string
  full?: boolean
  expanded?: boolean
  controls?: string
}

export function Button({ look = 'outline', size = 'large', type = 'button', reason = 'below', ...props }: ButtonProps) {
  const reasonId = useId()
  const isBlocked = props.blockedBecause !== undefined
  const button = (
    <AriaButton
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.form === undefined ? {} : { form: props.form })}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded })}
      {...(props.controls === undefined ? {} : { 'aria-controls': props.controls })}
      {...(isBlocked ? { 'aria-disabled': true, 'aria-describedby': reasonId } : {})}
      // Not `isPending`: what it announces stays behind without a name when the button leaves with the screen.
      {...(props.busy ? { 'aria-disabled': true } : {})}
      type={isBlocked || props.busy ? 'button' : type}
      onPress={(e) => {
        if (!isBlocked && !props.busy) props.onPress?.(e)
      }}
      className={classes(
        buttonClasses(look, size, isBlocked ? 'blocked' : props.tone),
        props.full && 'w-full',
        props.busy && 'cursor-progress',
      )}
    >
      {props.icon && !props.iconAfter && <Icon name={props.icon} size={size === 'small' ? 16 : 20} />}
      {props.children}
      {props.icon && props.iconAfter && <Icon name={props.icon} size={size === 'small' ? 16 : 20} />}
    </AriaButton>
  )
  if (!isBlocked) return button
  return (
    <span className={classes('inline-flex max-w-prose flex-col items-start gap-2', props.full && 'w-full')}>
      {button}
      <span id={reasonId} className={reason === 'hidden' ? 'sr-only' : 'text-note text-solid-gray-700'}>
        {props.blockedBecause}
      </span>
    </span>
  )
}
