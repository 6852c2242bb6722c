import type { RuleState } from '#user-rules/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Tag } from '#web/ui/tags.tsx'

const tones = { draft: 'quiet', review: 'blue', adopted: 'blue', 'in-force': 'success', ended: 'quiet' } as const

export function StateTag({ state }: { state: RuleState }) {
  const t = useTexts()
  return <Tag tone={tones[state]}>{t.userRules.states[state]}</Tag>
}
