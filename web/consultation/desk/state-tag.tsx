import type { State } from '#consultation/desk/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Tag } from '#web/ui/tags.tsx'

const tones = {
  draft: 'quiet',
  asked: 'attention',
  taken: 'blue',
  answered: 'success',
  closed: 'quiet',
  withdrawn: 'quiet',
} as const satisfies Record<State, string>

/** Where a question stands, in one word. */
export function StateTag({ state }: { state: State }) {
  const t = useTexts()
  return <Tag tone={tones[state]}>{t.desk.states[state]}</Tag>
}
