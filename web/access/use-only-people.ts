import type { PersonDetail } from '#access/people/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'

/** Why this person cannot change people and roles; undefined when that is open. */
export function useOnlyPeople(): string | undefined {
  const t = useTexts()
  const me = useMe()
  return me?.may['manage-people'] ? undefined : t.people.only(t.words.roles.administrator)
}

/** The same of one person: nobody gives a role to themselves, nor shuts themselves out. */
export function useOnlyOthers(person: Pick<PersonDetail, 'id'>): string | undefined {
  const t = useTexts()
  const me = useMe()
  const only = useOnlyPeople()
  return only ?? (me?.person.id === person.id ? t.people.oneself : undefined)
}
