import { Link as AriaLink } from 'react-aria-components/Link'

import type { SystemDetail } from '#register/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

type Part = 'overview' | 'finder' | 'history'
type Props = { system: SystemDetail; use: string | undefined; current: Part }

/** The parts of one system. They are pages of their own, so these are links that look like tabs. */
export function SystemTabs({ system, use, current }: Props) {
  const t = useTexts()
  const parts: readonly (readonly [Part, string])[] = [
    ['overview', paths.system(system.id)],
    ...(use === undefined ? [] : [['finder', paths.useFinder(use)] as const]),
    ['history', paths.systemHistory(system.id)],
  ]
  return (
    <nav aria-label={t.register.system.tabs.name} className="mt-6 mb-6 border-b border-solid-gray-420">
      <ul className="flex flex-wrap">
        {parts.map(([part, href]) => (
          <li key={part}>
            <AriaLink
              href={href}
              {...(part === current ? { 'aria-current': 'page' } : {})}
              className={classes(
                'flex min-h-11 items-center border-b-4 px-4',
                part === current
                  ? 'border-blue-900 font-700 text-blue-1000'
                  : 'border-transparent hover:border-solid-gray-300',
              )}
            >
              {t.register.system.tabs[part]}
            </AriaLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
