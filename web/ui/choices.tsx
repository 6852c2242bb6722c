import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { FieldFault, FieldHead, type FieldProps, fieldWidths } from './field.tsx'
import { Icon } from './icon.tsx'

export type CardChoice = {
  readonly id: string
  readonly name: ReactNode
  readonly help?: ReactNode
  /** What it means, at the right: 該当 / 一部 / 非該当. */
  readonly note?: string | undefined
}

/** The id of 「まだ分からない」. */
export const notYet = 'not-yet'

type RadioCardsProps = FieldProps & {
  choices: readonly CardChoice[]
  /** Nothing is chosen beforehand, except from the register, and then the page says so. */
  value: string | undefined
  /** `notYet` when the person chose 「まだ分からない」. */
  onChange: (id: string) => void
  /** 「まだ分からない」 is offered last and lighter. True unless said otherwise. */
  offerNotYet?: boolean
  /** Cards beside each other where there is room. */
  columns?: 1 | 2
}

const dot = (chosen: boolean) => (
  <span
    aria-hidden="true"
    className={classes(
      'flex size-6 shrink-0 items-center justify-center rounded-full border-2 bg-white',
      chosen ? 'border-blue-900' : 'border-solid-gray-600',
    )}
  >
    {chosen && <span className="size-3 rounded-full bg-blue-900 forced-colors:bg-[Highlight]" />}
  </span>
)

/** Choices of a judgement, as cards; Tab enters the group, arrows move inside. */
export function RadioCards({ choices, value, onChange, offerNotYet = true, columns = 1, ...props }: RadioCardsProps) {
  const t = useTexts()
  return (
    <RadioGroup
      {...(props.id === undefined ? {} : { id: props.id })}
      value={value ?? null}
      onChange={onChange}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      className={classes('flex flex-col', fieldWidths[props.width ?? 'full'])}
    >
      <FieldHead {...props} />
      <div className={classes('grid gap-2', columns === 2 && 'sm:grid-cols-2')}>
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className={cardLook}>
            {({ isSelected }) => <CardInside choice={choice} chosen={isSelected} />}
          </Radio>
        ))}
      </div>
      {offerNotYet && (
        <Radio
          value={notYet}
          className="mt-1 flex min-h-11 w-fit cursor-pointer items-center gap-3 rounded-8 px-3.5 pr-4 text-note"
        >
          {({ isSelected }) => (
            <>
              {dot(isSelected)}
              <span className={isSelected ? 'font-700' : ''}>{t.ui.notYet}</span>
            </>
          )}
        </Radio>
      )}
      <FieldFault error={props.error} />
    </RadioGroup>
  )
}

const cardLook = ({ isSelected }: { isSelected: boolean }) =>
  classes(
    'flex min-h-12 cursor-pointer items-center rounded-8 py-2 leading-snug',
    isSelected
      ? 'border-2 border-blue-900 bg-blue-50 px-[13px] text-solid-gray-900'
      : 'border border-solid-gray-600 bg-white px-3.5 hover:border-solid-gray-900 hover:bg-solid-gray-50',
  )

function CardInside({ choice, chosen }: { choice: CardChoice; chosen: boolean }) {
  return (
    <span className="flex w-full items-center gap-3">
      {dot(chosen)}
      <span className="min-w-0 flex-1">
        {choice.name}
        {choice.help !== undefined && <span className="block text-note text-solid-gray-700">{choice.help}</span>}
      </span>
      {choice.note !== undefined && (
        <span className={classes('keep text-note', chosen ? 'font-700 text-blue-1000' : 'text-solid-gray-700')}>
          {choice.note}
        </span>
      )}
    </span>
  )
}

const box = (chosen: boolean, some: boolean) => (
  <span
    aria-hidden="true"
    className={classes(
      'flex size-6 shrink-0 items-center justify-center rounded-4 border-2',
      chosen || some ? 'border-blue-900 bg-blue-900 text-white' : 'border-solid-gray-600 bg-white',
    )}
  >
    {some ? <Icon name="dash" size={16} /> : chosen && <Icon name="tick" size={16} />}
  </span>
)

type CheckboxProps = {
  /** The words beside the box; for a box in a table give `label` instead. */
  children?: ReactNode
  label?: string
  chosen: boolean
  /** Some but not all of what it stands for. */
  some?: boolean
  onChange: (chosen: boolean) => void
  id?: string
}

export function Checkbox({ children, label, chosen, some, onChange, id }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(id === undefined ? {} : { id })}
      isSelected={chosen}
      isIndeterminate={some ?? false}
      onChange={onChange}
      className="hit-44 inline-flex cursor-pointer items-center gap-2.5 rounded-4 leading-snug"
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          {box(isSelected, isIndeterminate)}
          {children}
        </>
      )}
    </AriaCheckbox>
  )
}

type CheckboxGroupProps = FieldProps & {
  choices: readonly CardChoice[]
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
  columns?: 1 | 2 | 3
}

/** Any of several. */
export function CheckboxGroup({ choices, value, onChange, columns = 1, ...props }: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup
      {...(props.id === undefined ? {} : { id: props.id })}
      value={[...value]}
      onChange={onChange}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      className="flex flex-col"
    >
      <FieldHead {...props} />
      <div className={classes('grid gap-x-4', columns === 2 && 'sm:grid-cols-2', columns === 3 && 'sm:grid-cols-3')}>
        {choices.map((choice) => (
          <AriaCheckbox
            key={choice.id}
            value={choice.id}
            className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-4 py-1 leading-snug"
          >
            {({ isSelected }) => (
              <>
                {box(isSelected, false)}
                <span>
                  {choice.name}
                  {choice.help !== undefined && (
                    <span className="block text-note text-solid-gray-700">{choice.help}</span>
                  )}
                </span>
              </>
            )}
          </AriaCheckbox>
        ))}
      </div>
      <FieldFault error={props.error} />
    </AriaCheckboxGroup>
  )
}
