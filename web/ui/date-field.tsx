import { lazy, Suspense, useEffect, useId, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'

import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { toWareki } from '#register/wareki.ts'

import { type DateParts, eraChoices, type EraChoice, noDate, partsOf, readParts, readWhole } from './date-parts.ts'
import { FieldGroup, type FieldProps, inputLook } from './field.tsx'
import { useFormat } from './format.ts'
import { Icon } from './icon.tsx'
import { Loading } from './loading.tsx'

const Calendar = lazy(async () => ({ default: (await import('./calendar.tsx')).Calendar }))

type Props = Omit<FieldProps, 'width' | 'dense'> & {
  /** ISO 8601 as precise as known; undefined when empty. */
  value: string | undefined
  /** `ok` is false while what is typed is no date: then `iso` is undefined and the form must not be sent. */
  onChange: (iso: string | undefined, ok: boolean) => void
  /** Month and day may stay empty. */
  partial?: boolean
}

const yearLook = 'w-20'
const shortLook = 'w-14'

/** Year, month and day with a choice of era; a whole date typed or pasted into the year is taken apart. */
export function DateField({ value, onChange, partial = false, ...props }: Props) {
  const t = useTexts()
  const f = useFormat()
  const { language } = useLanguage()
  const ownId = useId()
  const id = props.id ?? ownId
  const [parts, setParts] = useState<DateParts>(() => (value === undefined ? noDate : partsOf(value, 'western')))
  const [left, setLeft] = useState(true)
  const reading = readParts(parts, partial)
  const now = reading.state === 'read' ? reading.iso : undefined
  useEffect(() => {
    // The form was filled from elsewhere: show that, in the era in use.
    if (value !== now && (value !== undefined || reading.state === 'read')) {
      setParts((old) => (value === undefined ? noDate : partsOf(value, old.era)))
    }
    // oxlint-disable-next-line react/exhaustive-deps -- only a change from outside
  }, [value])
  const take = (next: DateParts) => {
    setParts(next)
    const read = readParts(next, partial)
    onChange(read.state === 'read' ? read.iso : undefined, read.state !== 'fault')
  }
  const fault = reading.state === 'fault' && left ? t.ui.date[faultWords[reading.fault]] : undefined
  const help = partial ? (
    <>
      {props.help} {t.ui.date.partial}
    </>
  ) : (
    props.help
  )
  const look = inputLook(false, (props.error ?? fault) !== undefined)
  return (
    <FieldGroup {...props} id={id} help={help} error={props.error ?? fault}>
      <div
        className="flex flex-wrap items-center gap-2"
        onFocus={() => setLeft(false)}
        onBlur={(e) => {
          if (!e.currentTarget.contains(e.relatedTarget)) setLeft(true)
        }}
      >
        <select
          aria-label={t.ui.date.era}
          className={look}
          value={parts.era}
          onChange={(e) => take(changeEra(parts, e.target.value as EraChoice, partial))}
        >
          {eraChoices.map((era) => (
            <option key={era} value={era}>
              {era === 'western' ? t.ui.date.western : t.ui.date.eras[era]}
            </option>
          ))}
        </select>
        {(['year', 'month', 'day'] as const).map((key) => (
          <label key={key} className="flex items-center gap-1">
            <input
              inputMode="numeric"
              autoComplete="off"
              className={`${look} ${key === 'year' ? yearLook : shortLook}`}
              value={parts[key]}
              onChange={(e) =>
                take((key === 'year' && readWhole(e.target.value)) || { ...parts, [key]: e.target.value })
              }
            />
            {t.ui.date[key]}
          </label>
        ))}
        <DialogTrigger>
          <AriaButton
            aria-label={t.ui.named(props.label, t.ui.date.calendar)}
            className="flex size-11 items-center justify-center rounded-8 border border-blue-900 text-blue-900 hover:bg-blue-50"
          >
            <Icon name="calendar" />
          </AriaButton>
          <Popover className="rounded-8 border border-solid-gray-420 bg-white p-4 shadow-2">
            <Dialog aria-label={t.ui.named(props.label, t.ui.date.calendar)} className="outline-none">
              {({ close }) => (
                <Suspense fallback={<Loading />}>
                  <Calendar
                    value={now?.length === 10 ? now : undefined}
                    onChoose={(iso) => {
                      take(partsOf(iso, parts.era))
                      close()
                    }}
                  />
                </Suspense>
              )}
            </Dialog>
          </Popover>
        </DialogTrigger>
      </div>
      <output className="mt-1 block text-note text-solid-gray-700">
        {now !== undefined &&
          t.ui.date.read(language === 'ja' && parts.era === 'western' ? toWareki(now) : f.date(now))}
      </output>
    </FieldGroup>
  )
}

const faultWords = { 'year-first': 'yearFirst', incomplete: 'incomplete', none: 'none' } as const

/** The same day counted in another era; what cannot be read yet only changes its era. */
function changeEra(parts: DateParts, era: EraChoice, partial: boolean): DateParts {
  const read = readParts(parts, partial)
  const same = read.state === 'read' ? partsOf(read.iso, era) : undefined
  return same?.era === era ? same : { ...parts, era }
}
