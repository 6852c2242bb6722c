import type { RuleVersion } from '#user-rules/api.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

const steps = ['draft', 'review', 'adopted', 'in-force'] as const

/** Day and month: the year stands in the head of the page. */
const dayOf = (iso: string, language: 'ja' | 'en') =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja' : 'en-GB', {
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${iso}T00:00:00Z`))

/** Where the version stands on its way; of one that is over, that it is over. */
export function StateSteps({ version }: { version: RuleVersion }) {
  const t = useTexts()
  const { language } = useLanguage()
  const { state, effectiveFrom, endedFrom } = version
  const shown = state === 'ended' ? [...steps, 'ended' as const] : steps
  return (
    <ol className="mb-4 flex overflow-hidden rounded-4 border border-solid-gray-420 text-note">
      {shown.map((one) => {
        const day = one === 'in-force' ? effectiveFrom : one === 'ended' ? endedFrom : null
        return (
          <li
            key={one}
            aria-current={one === state ? 'step' : undefined}
            className={classes(
              'flex min-h-9 flex-1 items-center justify-center border-l border-solid-gray-420 px-1 text-center first:border-l-0',
              one === state ? 'bg-blue-50 font-700 text-blue-1000 outline outline-blue-900' : 'text-solid-gray-700',
            )}
          >
            {t.userRules.states[one]}
            {day !== null && <span className="keep hidden pl-1 sm:inline">{dayOf(day, language)}</span>}
          </li>
        )
      })}
    </ol>
  )
}
