import type { RuleVersion } from '#user-rules/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'

const steps = ['draft', 'review', 'adopted', 'in-force'] as const

/** Where the version stands on its way; of one that is over, that it is over. */
export function StateSteps({ version }: { version: RuleVersion }) {
  const t = useTexts()
  const f = useFormat()
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
            {day !== null && <span className="keep hidden pl-1 sm:inline">{f.date(day).slice(5)}</span>}
          </li>
        )
      })}
    </ol>
  )
}
