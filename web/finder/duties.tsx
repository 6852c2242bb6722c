import { anchorOf } from '#web/catalog/find.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Mark } from '#web/catalog/cited-text.tsx'

import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** What the verdict requires, and of whom. A duty that hangs on an open answer is listed apart, never left out. */
export function Duties({ weighing, words }: Props) {
  const t = useTexts()
  const { duties } = weighing.result
  if (duties.length === 0) return null
  return (
    <section aria-labelledby="duties-title">
      <h3 id="duties-title" className="mb-1 text-std-17B-170">
        {t.finder.duties.title}
      </h3>
      <DutyList ids={duties.filter((d) => d.holds === 'yes').map((d) => d.id)} weighing={weighing} words={words} />
      {duties.some((d) => d.holds === 'possible') && (
        <details className="mt-2 text-note">
          <summary className="cursor-pointer text-blue-1000 underline">{t.finder.duties.possible}</summary>
          <DutyList
            ids={duties.filter((d) => d.holds === 'possible').map((d) => d.id)}
            weighing={weighing}
            words={words}
          />
        </details>
      )}
    </section>
  )
}

function DutyList({ ids, weighing, words }: Props & { ids: readonly string[] }) {
  const { catalog } = weighing
  const t = useTexts()
  const roleOf = (role: (typeof catalog.duties)[number]['role']): string | undefined => {
    if (role === undefined || typeof role !== 'string') return role && words.text(role)
    const item = catalog.lists.flatMap((list) => list.items ?? []).find(({ id }) => id === role)
    return item ? words.text(item.title) : role
  }
  return (
    <ul className="text-note">
      {ids.map((id) => {
        const duty = catalog.duties.find((d) => d.id === id)
        if (!duty) return null
        const role = roleOf(duty.role)
        return (
          <li key={id} className="border-b border-solid-gray-200 py-1.5">
            {words.text(duty.title)}
            <Mark
              catalog={catalog}
              cited={[duty.title, duty]}
              of={words.text(duty.title)}
              item={anchorOf('duties', id)}
            />
            {role !== undefined && <span className="block text-solid-gray-700">{t.finder.duties.role(role)}</span>}
          </li>
        )
      })}
    </ul>
  )
}
