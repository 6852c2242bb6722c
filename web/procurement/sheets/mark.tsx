import { useTexts } from '#web/texts/language.tsx'
import { Icon, type IconName } from '#web/ui/icon.tsx'

import type { Cell } from './figures.ts'

export type MarkState = 'meets' | 'partly' | 'fails' | 'unanswered' | 'unjudged'

const looks: Record<MarkState, { readonly icon: IconName; readonly look: string }> = {
  meets: { icon: 'circle', look: 'text-green-900' },
  partly: { icon: 'triangle', look: 'text-yellow-1200' },
  fails: { icon: 'cross', look: 'text-red-900' },
  unanswered: { icon: 'dash', look: 'text-solid-gray-700' },
  unjudged: { icon: 'diamond-question', look: 'text-solid-gray-700' },
}

/** What nobody answered and what nobody judged are two signs: neither is "fails". */
export const stateOf = (cell: Cell | undefined): MarkState =>
  cell?.mark ?? (cell?.answered === true ? 'unjudged' : 'unanswered')

export function Mark({ state, size = 18 }: { state: MarkState; size?: number }) {
  const { icon, look } = looks[state]
  return <Icon name={icon} size={size} className={look} />
}

/** The sign of a bidder's answer, with its meaning in words for who does not see it. */
export function BidderMark({ bidder, cell }: { bidder: string; cell: Cell | undefined }) {
  const t = useTexts().procurement
  const state = stateOf(cell)
  return (
    <span className="inline-flex justify-center">
      <Mark state={state} />
      <span className="sr-only">{t.grid.markOf(bidder, t.legend[state])}</span>
    </span>
  )
}
