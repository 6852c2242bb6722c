import type { SystemDetail } from '#register/api.ts'
import { factOf, textOf } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import type { Crumb } from '#web/ui/breadcrumb.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Tag } from '#web/ui/tags.tsx'

import { useFactWords } from './fact-view.tsx'

/** The register, then the organisation in charge; the ministry itself is known from the header. */
export function useSystemCrumbs(system: SystemDetail): readonly Crumb[] {
  const t = useTexts()
  const pick = usePick()
  const below = system.organisation.path.length > 1 ? system.organisation.path.slice(1, 2) : system.organisation.path
  return [
    { name: t.register.title, href: paths.register() },
    ...below.map(({ id, name }) => ({ name: pick(name), href: paths.register({ organisation: id }) })),
  ]
}

/** Number, organisation, planner, how many uses. */
export function SystemLead({ system }: { system: SystemDetail }) {
  const t = useTexts()
  const pick = usePick()
  const { language } = useLanguage()
  const words = useFactWords()
  const unit = system.organisation.path
    .slice(1)
    .map(({ name }) => pick(name))
    .join(' ')
  const parts = [
    system.number,
    unit === '' ? pick(system.organisation.name) : unit,
    t.register.system.plannerOf(words('planner-unit', factOf(system.facts, 'planner-unit'))),
    t.register.system.usesOf(formatNumber(system.uses.length)),
  ]
  const nameEn = textOf(system.facts, 'name-en')
  return (
    <>
      {language === 'en' && nameEn !== '' && <p className="text-std-16N-170">{nameEn}</p>}
      <ul className="flex flex-wrap gap-x-2">
        {parts.map((part, i) => (
          <li key={part}>
            {i > 0 && <span aria-hidden="true">・</span>} {part}
          </li>
        ))}
        {system.demo && (
          <li>
            <Tag>{t.shell.demo}</Tag>
          </li>
        )}
      </ul>
      {system.newBecause !== null && <p className="mt-1">{t.register.system.newBecause(system.newBecause)}</p>}
    </>
  )
}
