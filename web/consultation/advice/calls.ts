import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'

import type { Advice, ConditionDetail, ConditionsPage, PublicationState } from '#consultation/advice/api.ts'
import { api } from '#web/api.ts'

export const adviceQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['board-cases', caseId, 'advice'],
    queryFn: ({ signal }) => api.get<Advice>(`/board/cases/${caseId}/advice`, { signal }),
  })

export const publicationQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['board-cases', caseId, 'publication'],
    queryFn: ({ signal }) => api.get<PublicationState>(`/board/cases/${caseId}/advice/publication`, { signal }),
  })

export const conditionsQuery = (query: Readonly<Record<string, string>>) =>
  queryOptions({
    queryKey: ['board-conditions', query],
    queryFn: ({ signal }) => api.get<ConditionsPage>('/board/conditions', { signal, query }),
    placeholderData: keepPreviousData,
  })

export const conditionQuery = (id: string) =>
  queryOptions({
    queryKey: ['board-conditions', 'one', id],
    queryFn: ({ signal }) => api.get<ConditionDetail>(`/board/conditions/${id}`, { signal }),
  })

/** After anything that is done with advice or a condition: steps of the system hang on it too. */
export async function adviceChanged(queryClient: QueryClient): Promise<void> {
  const keys = ['board-cases', 'board-conditions', 'systems', 'overview', 'navigation-counts', 'collection']
  await Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
