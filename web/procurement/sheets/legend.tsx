import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'

import type { View } from './figures.ts'
import { Mark, type MarkState } from './mark.tsx'

const marks: readonly MarkState[] = ['meets', 'partly', 'fails', 'unanswered', 'unjudged']

type Props = {
  bidders: number
  leftOut: number
  view: View
  onView: (view: View) => void
  onCloseAll: (() => void) | undefined
}

/** What the signs mean, and which rows are shown. */
export function Legend({ bidders, leftOut, view, onView, onCloseAll }: Props) {
  const t = useTexts().procurement.legend
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      {bidders > 0 ? (
        <ul aria-label={t.label} className="flex flex-wrap gap-x-5 gap-y-1 text-note">
          {marks.map((state) => (
            <li key={state} className="inline-flex items-center gap-1.5">
              <Mark state={state} size={16} />
              {t[state]}
            </li>
          ))}
        </ul>
      ) : (
        <span />
      )}
      <div data-print="hide" className="flex flex-wrap gap-x-4 gap-y-1">
        {view !== 'all' && (
          <Button look="text" size="small" onPress={() => onView('all')}>
            {view === 'included' ? t.showLeftOut : t.everything}
          </Button>
        )}
        {view === 'all' && leftOut > 0 && (
          <Button look="text" size="small" onPress={() => onView('included')}>
            {t.hideLeftOut}
          </Button>
        )}
        {view !== 'open' && (
          <Button look="text" size="small" onPress={() => onView('open')}>
            {t.undecidedOnly}
          </Button>
        )}
        {bidders > 0 && view !== 'weak' && (
          <Button look="text" size="small" onPress={() => onView('weak')}>
            {t.openOnly}
          </Button>
        )}
        {onCloseAll && (
          <Button look="text" size="small" onPress={onCloseAll}>
            {t.closeAll}
          </Button>
        )}
      </div>
    </div>
  )
}
