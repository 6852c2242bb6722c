import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'

export type StepState = 'done' | 'now' | 'later'
export type StepItem = {
  readonly id: string
  readonly name: string
  readonly state: StepState
  /** Date of entry, 「次の段階」. */
  readonly note?: ReactNode
  /** 「停止」 as a tag on the stage. */
  readonly tag?: ReactNode
}

function Circle({ state, number }: { state: StepState; number: number }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'relative z-10 flex size-8 shrink-0 items-center justify-center rounded-full text-note font-700',
        state === 'done' && 'bg-solid-gray-800 text-white forced-colors:border-2',
        state === 'now' && 'border-2 border-white bg-blue-900 text-white outline-2 outline-blue-900',
        state === 'later' && 'border-2 border-solid-gray-600 bg-white text-solid-gray-800',
      )}
    >
      {state === 'done' ? <Icon name="tick" size={16} /> : number}
    </span>
  )
}

const useStateWords = () => {
  const t = useTexts()
  return { done: t.ui.stepDone, now: t.ui.stepNow, later: t.ui.stepLater }
}

/** Stages of a system: done, now, later, with the date of entry under each; a list from top to bottom on a phone. */
export function Stepper({ steps, label }: { steps: readonly StepItem[]; label?: string }) {
  const t = useTexts()
  const words = useStateWords()
  return (
    <ol aria-label={label ?? t.ui.steps} className="flex flex-col gap-3 sm:flex-row sm:gap-0">
      {steps.map((step, i) => (
        <li
          key={step.id}
          {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
          className="relative flex flex-1 items-center gap-3 sm:flex-col sm:gap-2 sm:text-center"
        >
          {i > 0 && (
            <span
              aria-hidden="true"
              className={classes(
                'absolute -top-3 left-4 h-3 border-l-2 sm:top-4 sm:right-1/2 sm:left-[-50%] sm:h-0 sm:border-t-2 sm:border-l-0',
                step.state === 'later' ? 'border-solid-gray-300' : 'border-solid-gray-800',
              )}
            />
          )}
          <Circle state={step.state} number={i + 1} />
          <span className="min-w-0 px-1 leading-snug">
            <span className={classes('font-700', step.state === 'now' ? 'text-blue-1000' : 'text-solid-gray-900')}>
              {step.name}
            </span>
            <span className="sr-only">{t.ui.brackets(words[step.state])}</span>
            {step.tag !== undefined && <span className="ml-2">{step.tag}</span>}
            {step.note !== undefined && <span className="block text-note text-solid-gray-700">{step.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}

type WizardProps = {
  steps: readonly StepItem[]
  /** Done steps are links: goes back to one. */
  onGo?: (id: string) => void
}

/** Steps of a wizard, the same shapes in one row. */
export function WizardSteps({ steps, onGo }: WizardProps) {
  const t = useTexts()
  const words = useStateWords()
  return (
    <nav aria-label={t.ui.wizard} className="mb-6">
      <ol className="flex flex-col overflow-hidden rounded-8 border border-solid-gray-200 sm:flex-row">
        {steps.map((step, i) => (
          <li
            key={step.id}
            {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
            className={classes(
              'flex min-h-12 flex-1 items-center gap-2.5 px-4 py-1.5 text-note sm:border-l sm:first:border-l-0 border-solid-gray-200',
              step.state === 'now' && 'bg-blue-50 font-700 text-blue-1000',
            )}
          >
            <Circle state={step.state} number={i + 1} />
            {step.state === 'done' && onGo ? (
              <AriaButton
                className="hit-44 rounded-4 text-left text-blue-1000 underline underline-offset-[3px] hover:decoration-[3px]"
                onPress={() => onGo(step.id)}
              >
                {step.name}
              </AriaButton>
            ) : (
              <span>{step.name}</span>
            )}
            <span className="sr-only">{t.ui.brackets(words[step.state])}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
