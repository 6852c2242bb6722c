import { useEffect, useRef } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { formatNumber } from './format.ts'

export type Fault = {
  /** The `id` given to the field. */
  readonly id: string
  /** The same words as at the field. */
  readonly words: string
}

/** Brings the person to a field: itself, or the first thing in it that takes the focus. */
export function focusField(id: string): void {
  const found = document.getElementById(id)
  const inside = found?.querySelector<HTMLElement>('input, select, textarea, button, [tabindex="0"]')
  const target = found?.matches('input, select, textarea, button') ? found : (inside ?? found)
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}

type Props = {
  faults: readonly Fault[]
  /** Counts the attempts to send, from 1: with each one the summary takes the focus again. */
  attempt: number
}

/** At the top of a form; answers are kept. Shows nothing without faults. */
export function ErrorSummary({ faults, attempt }: Props) {
  const t = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  const some = faults.length > 0
  useEffect(() => {
    if (some && attempt > 0) heading.current?.focus()
  }, [attempt, some])
  if (!some) return null
  return (
    <div className="my-4 rounded-8 border-2 border-red-800 bg-white p-4">
      <h2 ref={heading} tabIndex={-1} className="text-std-17B-170 text-red-900">
        {t.ui.errorSummary(formatNumber(faults.length))}
      </h2>
      <ul className="mt-1 list-disc pl-6">
        {faults.map(({ id, words }) => (
          <li key={`${id}:${words}`}>
            <a
              href={`#${id}`}
              className="text-blue-1000 underline underline-offset-[3px] hover:decoration-[3px]"
              onClick={(e) => {
                e.preventDefault()
                focusField(id)
              }}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
