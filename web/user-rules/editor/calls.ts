import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { GuideClause, RuleList, StepState, VersionDetail } from '#user-rules/api.ts'
import type { Level } from '#user-rules/model.ts'
import { api } from '#web/api.ts'

export const rulesQuery = queryOptions({
  queryKey: ['user-rules', 'list'],
  queryFn: ({ signal }) => api.get<RuleList>('/user-rules', { signal }),
})

/** @param version its number; nothing: the one worked on, else the one in force */
export const ruleQuery = (id: string, version: string | undefined) =>
  queryOptions({
    queryKey: ['user-rules', 'rule', id, version ?? ''],
    queryFn: ({ signal }) =>
      api.get<VersionDetail>(`/user-rules/${id}`, { signal, query: version === undefined ? {} : { version } }),
  })

export const guideQuery = (level: Level) =>
  queryOptions({
    queryKey: ['user-rules', 'guide', level],
    queryFn: ({ signal }) =>
      api.get<{ catalog: string; edition: string; clauses: GuideClause[] }>('/user-rules/guide', {
        signal,
        query: { level },
      }),
  })

type Deed = {
  readonly method: 'post' | 'patch' | 'delete'
  /** After `/<level>-rules/versions/<id>`. */
  readonly path: string
  readonly body?: unknown
  /** For If-Match. */
  readonly seen?: number
}

/** Changes a version; whatever shows rules, what waits, and the staff page is read again. */
export function useDeed({ version }: VersionDetail) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path, body, seen }: Deed) => {
      const address = `/${version.rule.level}-rules/versions/${version.id}${path}`
      const options = seen === undefined ? {} : { version: seen }
      return method === 'delete'
        ? api.delete<unknown>(address, options)
        : api[method]<VersionDetail | StepState>(address, body ?? {}, options)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['user-rules'] })
      void client.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
  })
}
