import { Button as AriaButton } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { FieldFault, FieldHead, type FieldProps, fieldWidths, inputLook } from './field.tsx'
import { Icon } from './icon.tsx'

export type Choice = {
  readonly id: string
  readonly name: string
  /** A second line, 14 px. */
  readonly note?: string | undefined
}

const popoverLook =
  'min-w-(--trigger-width) max-w-[calc(100vw-2rem)] overflow-auto rounded-8 border border-solid-gray-420 bg-white p-1 shadow-2'
const choiceLook =
  'flex min-h-11 cursor-pointer flex-col justify-center rounded-6 px-3 py-1 leading-snug outline-none data-focused:bg-blue-50 data-focus-visible:outline-4 data-focus-visible:outline-black data-focus-visible:-outline-offset-4 data-selected:font-700 data-selected:text-blue-1000'

function ChoiceItem({ id, name, note }: Choice) {
  return (
    <ListBoxItem id={id} textValue={name} className={choiceLook}>
      {name}
      {note !== undefined && <span className="text-note font-400 text-solid-gray-700">{note}</span>}
    </ListBoxItem>
  )
}

type SelectProps = FieldProps & {
  choices: readonly Choice[]
  value: string | undefined
  onChange: (id: string) => void
}

/** Over 50 choices it becomes a search field by itself. */
export function Select(props: SelectProps) {
  return props.choices.length > 50 ? <SearchSelect {...props} /> : <PlainSelect {...props} />
}

function PlainSelect({ choices, value, onChange, width = 'medium', ...props }: SelectProps) {
  const t = useTexts()
  return (
    <AriaSelect
      value={value ?? null}
      onChange={(key) => {
        if (key !== null) onChange(String(key))
      }}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      className="flex flex-col"
    >
      <FieldHead {...props} />
      <AriaButton
        {...(props.id === undefined ? {} : { id: props.id })}
        className={classes(
          'flex items-center justify-between gap-2 py-1 text-left leading-snug!',
          inputLook(props.dense, props.error !== undefined),
          fieldWidths[width],
        )}
      >
        <SelectValue>{({ selectedText, isPlaceholder }) => (isPlaceholder ? t.ui.choose : selectedText)}</SelectValue>
        <Icon name="chevron-down" size={16} />
      </AriaButton>
      <FieldFault error={props.error} />
      <Popover className={popoverLook}>
        <ListBox className="outline-none">
          {choices.map((choice) => (
            <ChoiceItem key={choice.id} {...choice} />
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

type SearchSelectProps = SelectProps & {
  /** What is typed, for choices that the server finds; then `choices` are what it found. */
  onSearch?: (text: string) => void
}

/** A field that finds its choices as one types. */
export function SearchSelect({ choices, value, onChange, onSearch, width = 'medium', ...props }: SearchSelectProps) {
  const t = useTexts()
  return (
    <ComboBox
      {...(onSearch === undefined ? {} : { onInputChange: onSearch, items: choices })}
      {...(onSearch === undefined ? { defaultItems: choices } : {})}
      value={value ?? null}
      onChange={(key) => {
        if (key !== null) onChange(String(key))
      }}
      isInvalid={props.error !== undefined}
      isRequired={props.requirement === 'required'}
      validationBehavior="aria"
      allowsEmptyCollection
      menuTrigger="focus"
      className="flex flex-col"
    >
      <FieldHead {...props} />
      <div className={classes('relative', fieldWidths[width])}>
        <Input
          {...(props.id === undefined ? {} : { id: props.id })}
          className={classes('w-full pr-11', inputLook(props.dense, props.error !== undefined))}
        />
        <AriaButton
          aria-label={t.ui.openChoices}
          className="absolute inset-y-0 right-0 flex w-11 items-center justify-center rounded-8"
        >
          <Icon name="chevron-down" size={16} />
        </AriaButton>
      </div>
      <FieldFault error={props.error} />
      <Popover className={popoverLook}>
        <ListBox<Choice>
          className="max-h-80 outline-none"
          renderEmptyState={() => <p className="px-3 py-2">{t.ui.noChoice}</p>}
        >
          {(choice) => <ChoiceItem {...choice} />}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
