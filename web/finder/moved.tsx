import { useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { moved } from './answers.ts'
import { OutcomeTag } from './outcome-look.tsx'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

/** What the last answers changed, and what they did not. */
export function Moved({ weighing, words }: { weighing: Weighing; words: Worder }) {
  const { catalog, trail } = weighing
  const t = useTexts()
  if (trail.length === 0) return <p className="mt-1 text-note">{t.finder.moved.none}</p>
  const { by, idle } = moved(trail)
  return (
    <div className="mt-2 text-note">
      <p>
        {by && t.finder.moved.by(words.question(by.question))}
        {by && ' '}
        {idle.length > 0 && t.finder.moved.idle(t.ui.list(idle.map(words.question)))}
      </p>
      {by && (
        <p className="mt-1 flex flex-wrap items-center gap-1">
          <OutcomeTag catalog={catalog} outcome={by.from} words={words} />
          <Icon name="arrow-right" size={16} />
          <span className="sr-only">{t.finder.moved.to}</span>
          <OutcomeTag catalog={catalog} outcome={by.to} words={words} />
        </p>
      )}
    </div>
  )
}
