import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'

/** Why this person cannot change people and roles; undefined when that is open. */
export function useOnlyPeople(): string | undefined {
  const t = useTexts()
  const me = useMe()
  return me?.may['manage-people'] ? undefined : t.people.only(t.words.roles.administrator)
}
