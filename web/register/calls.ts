import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'

import type { History, SimilarInput, SimilarUse, SystemDetail, UsesCount, UsesPage } from '#register/api.ts'
import type { Model, SavedView, Supplier } from '#register/api-names.ts'
import type { Origin } from '#register/import/api.ts'
import type { Name } from '#access/model.ts'
import type { Steps } from '#stages/api.ts'
import { api, type Versioned } from '#web/api.ts'

import { type RegisterQuery, writeFilter, writeQuery } from './query.ts'

/** What the screens of the register read, each under the key by which a write makes it stale. */

export type Organisation = {
  readonly id: string
  readonly parentId: string | null
  readonly path: readonly string[]
  readonly name: Name
  readonly uses: number
}

export const usesQuery = (query: RegisterQuery) =>
  queryOptions({
    queryKey: ['uses', 'page', writeQuery(query)],
    queryFn: ({ signal }) =>
      api.get<UsesPage>('/uses', {
        signal,
        query: {
          ...writeFilter(query),
          sort: query.sort,
          order: query.order,
          limit: query.limit,
          ...(query.cursor === '' ? {} : { cursor: query.cursor }),
        },
      }),
    placeholderData: keepPreviousData,
  })

export const usesCountQuery = (query: RegisterQuery) =>
  queryOptions({
    queryKey: ['uses', 'count', writeFilter(query)],
    queryFn: ({ signal }) => api.get<UsesCount>('/uses/count', { signal, query: writeFilter(query) }),
    placeholderData: keepPreviousData,
  })

export const systemQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', id],
    queryFn: async ({ signal }): Promise<Versioned<SystemDetail>> => api.read(`/systems/${id}`, { signal }),
  })

export const historyPage = async (id: string, cursor: string | null, signal: AbortSignal): Promise<History> =>
  api.get(`/systems/${id}/history`, { signal, query: cursor === null ? {} : { cursor } })

export const recentHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', id, 'history', 'recent'],
    queryFn: ({ signal }) => historyPage(id, null, signal),
  })

export const originQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', id, 'origin'],
    queryFn: ({ signal }) => api.get<Origin>(`/systems/${id}/origin`, { signal }),
  })

export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: async ({ signal }) =>
    (await api.get<{ organisations: Organisation[] }>('/organisations', { signal })).organisations,
  staleTime: 60_000,
})

export const suppliersQuery = (q: string) =>
  queryOptions({
    queryKey: ['suppliers', q],
    queryFn: async ({ signal }) => (await api.get<{ items: Supplier[] }>('/suppliers', { signal, query: { q } })).items,
    placeholderData: keepPreviousData,
  })

export const modelsQuery = (q: string) =>
  queryOptions({
    queryKey: ['models', q],
    queryFn: async ({ signal }) => (await api.get<{ items: Model[] }>('/models', { signal, query: { q } })).items,
    placeholderData: keepPreviousData,
  })

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async ({ signal }) => (await api.get<{ items: SavedView[] }>('/saved-views', { signal })).items,
})

export const similarUsesQuery = (input: SimilarInput) =>
  queryOptions({
    queryKey: ['similar-uses', input],
    queryFn: async ({ signal }) =>
      (await api.post<{ similar: SimilarUse[] }>('/similar-uses', input, { signal })).similar,
    placeholderData: keepPreviousData,
  })

/** What the steps of a system need. Below the system, so that every change of it asks again. */
export const stepsQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', id, 'steps'],
    queryFn: ({ signal }) => api.get<Steps>(`/systems/${id}/steps`, { signal }),
  })

/** After a waiver, which changes no fact. */
export async function stepsChanged(queryClient: QueryClient): Promise<void> {
  await Promise.all(['systems', 'overview'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}

/** After a change of the register: its lists, pages, counts and figures are read again. */
export async function registerChanged(queryClient: QueryClient): Promise<void> {
  const keys = ['uses', 'systems', 'finder', 'overview', 'navigation-counts', 'suppliers', 'models', 'organisations']
  await Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
