import type { Precedent } from '#consultation/board/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'

import { axisMark } from './words.ts'

/** Cases with what is alike, how many conditions there were and the main one. */
export function PrecedentList({ items }: { items: readonly Precedent[] }) {
  return (
    <ul>
      {items.map((one) => (
        <One key={one.caseId} one={one} />
      ))}
    </ul>
  )
}

function One({ one }: { one: Precedent }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.docket.precedents
  const states = Object.entries(one.axes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, state]) => `${axisMark(id)} ${words.states[state ?? ''] ?? t.docket.dossier.unsettled}`)
  return (
    <li className="border-b border-solid-gray-200 py-3 text-note">
      <Link href={paths.boardCase(one.caseId)} bold>
        {`${one.number} ${one.title}`}
      </Link>
      <p>{pick(one.organisation.ministry)}</p>
      {one.similarity === null ? (
        <p>{t.ui.list(states)}</p>
      ) : (
        <p>
          {one.sameAxes.length === 0 ? words.noSameAxes : words.sameAxes(t.ui.list(one.sameAxes.map(axisMark)))}
          {t.ui.brackets(words.likeness(`${Math.round(one.similarity * 100)}%`))}
        </p>
      )}
      <p>
        {one.advice === null ? words.noAdvice : words.advice(String(one.advice.conditions), String(one.advice.met))}
      </p>
      {one.advice?.main && <p className="text-solid-gray-700">{words.main(pick(one.advice.main))}</p>}
    </li>
  )
}
