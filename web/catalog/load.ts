import { queryOptions } from '@tanstack/react-query'

import type { CatalogDiff, CatalogEdition, CatalogSummary } from '#catalog/api.ts'
import { api } from '#web/api.ts'

const part = encodeURIComponent

export const catalogsQuery = queryOptions({
  queryKey: ['catalogs'],
  queryFn: ({ signal }) => api.get<{ catalogs: CatalogSummary[] }>('/catalogs', { signal }),
})

/** An edition never changes, so it is read once. */
export const editionQuery = (catalog: string, edition: string) =>
  queryOptions({
    queryKey: ['catalogs', catalog, edition],
    queryFn: ({ signal }) => api.get<CatalogEdition>(`/catalogs/${part(catalog)}/${part(edition)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const diffQuery = (catalog: string, edition: string, other: string) =>
  queryOptions({
    queryKey: ['catalogs', catalog, edition, 'diff', other],
    queryFn: ({ signal }) =>
      api.get<CatalogDiff>(`/catalogs/${part(catalog)}/${part(edition)}/diff/${part(other)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
