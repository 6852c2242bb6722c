import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

import { toWareki } from '#register/wareki.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { classes } from './class-names.ts'
import { addDays, addMonths, weeksOf } from './date-parts.ts'
import { inTokyo, proseDate, tableDate } from './format.ts'

const weekdays = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const steps: Record<string, (iso: string) => string> = {
  ArrowLeft: (iso) => addDays(iso, -1),
  ArrowRight: (iso) => addDays(iso, 1),
  ArrowUp: (iso) => addDays(iso, -7),
  ArrowDown: (iso) => addDays(iso, 7),
  PageUp: (iso) => addMonths(iso, -1),
  PageDown: (iso) => addMonths(iso, 1),
}

type Props = { value: string | undefined; onChoose: (iso: string) => void }

/** One month; arrows move by day and week, Page Up and Page Down by month, Enter chooses. */
export function Calendar({ value, onChoose }: Props) {
  const t = useTexts()
  const { language } = useLanguage()
  const [at, setAt] = useState(() => value ?? inTokyo(new Date().toISOString()).date)
  const grid = useRef<HTMLTableElement>(null)
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at])
  const [year = 0, month = 1] = at.split('-').map(Number)
  const name = at.slice(0, 7)
  const isoOf = (day: number) => `${name}-${String(day).padStart(2, '0')}`
  const move = (e: KeyboardEvent) => {
    const step = steps[e.key]
    if (step === undefined) return
    e.preventDefault()
    setAt(step(at))
  }
  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-2">
        <Button
          size="medium"
          icon="chevron-left"
          label={t.ui.date.previousMonth}
          onPress={() => setAt(addMonths(at, -1))}
        >
          {null}
        </Button>
        <p aria-live="polite" className="text-note">
          <strong>{tableDate(name, language)}</strong>
          {language === 'ja' && `（${toWareki(name)}）`}
        </p>
        <Button size="medium" icon="chevron-right" label={t.ui.date.nextMonth} onPress={() => setAt(addMonths(at, 1))}>
          {null}
        </Button>
      </div>
      <table ref={grid} className="text-note tabular-nums">
        <thead>
          <tr>
            {weekdays[language].map((day) => (
              <th key={day} scope="col" className="size-11 font-400">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(year, month).map((week) => (
            <tr key={week.find((day) => day !== undefined)}>
              {week.map((day, i) => (
                <td key={weekdays.en[i]}>
                  {day !== undefined && (
                    <button
                      type="button"
                      data-day={isoOf(day)}
                      tabIndex={isoOf(day) === at ? 0 : -1}
                      aria-label={proseDate(isoOf(day), language)}
                      aria-pressed={isoOf(day) === value}
                      onClick={() => onChoose(isoOf(day))}
                      onKeyDown={move}
                      className={classes(
                        'size-11 rounded-8 hover:bg-blue-50',
                        isoOf(day) === value && 'bg-blue-900 font-700 text-white hover:bg-blue-1000',
                      )}
                    >
                      {day}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
