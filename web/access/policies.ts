import { queryOptions, useQuery } from '@tanstack/react-query'

import type { PoliciesAnswer } from '#access/policies/api.ts'
import type { Action } from '#access/model.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'

/** Policies change with a start of the server only. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => api.get<PoliciesAnswer>('/policies', { signal }),
  staleTime: Infinity,
})

/** Why an action is not open to this person; undefined when it is. Until the roles are known, no role is named. */
export function useOnlyWho(action: Action): string | undefined {
  const t = useTexts()
  const me = useMe()
  const open = me?.may[action] === true
  const { data } = useQuery({ ...policiesQuery, enabled: !open })
  if (open) return undefined
  const roles = data?.actions.find((one) => one.action === action)?.roles ?? []
  if (roles.length === 0) return t.problems.codes['not-permitted']({}).what
  return t.access.organisations.only(t.ui.list(roles.map((role) => t.words.roles[role])))
}
