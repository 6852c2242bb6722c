import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'

import type { ExportPlan, Import, ImportRow, Preview, ReadingRequest } from '#register/import/api.ts'
import type { ColumnMap } from '#register/spreadsheet/column-map.ts'
import { api } from '#web/api.ts'

export type Show = 'all' | 'rejected' | 'flagged'
export type SavedMap = {
  readonly id: string
  readonly name: { readonly ja: string; readonly en: string }
  readonly shipped: boolean
  readonly version: number
  readonly map: ColumnMap
}
export type ImportPreview = Omit<Preview, 'map'> & { readonly map: ColumnMap }
export type RowsPage = { readonly items: readonly ImportRow[]; readonly next: number | null }
export type ExportQuery = Readonly<Record<string, string>>

/** What an import would do, read as asked; the last answer stays in place while the next is counted. */
export const previewQuery = (reading: ReadingRequest, page: { from: number; show: Show }) =>
  queryOptions({
    queryKey: ['import-preview', reading, page],
    queryFn: ({ signal }) =>
      api.post<ImportPreview>('/imports/preview', { ...reading, ...page, limit: 20 }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async ({ signal }) => (await api.get<{ items: Import[] }>('/imports', { signal })).items,
})

export const importQuery = (id: string) =>
  queryOptions({ queryKey: ['imports', id], queryFn: ({ signal }) => api.get<Import>(`/imports/${id}`, { signal }) })

/** Null when the import is over. Answered also while the import holds the database. */
export const progressQuery = (id: string) =>
  queryOptions({
    queryKey: ['import-progress', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ progress: Import['progress'] }>(`/imports/${id}/progress`, { signal })).progress,
    refetchInterval: ({ state }) => (state.data === null ? false : 500),
    staleTime: 0,
    gcTime: 0,
  })

export const rowsQuery = (id: string, asked: { outcome: 'stored' | 'rejected' | ''; cursor: number }) =>
  queryOptions({
    queryKey: ['imports', id, 'rows', asked],
    queryFn: ({ signal }) =>
      api.get<RowsPage>(`/imports/${id}/rows`, {
        signal,
        query: { outcome: asked.outcome, cursor: asked.cursor, limit: 20 },
      }),
    placeholderData: keepPreviousData,
  })

export const columnMapsQuery = queryOptions({
  queryKey: ['column-maps'],
  queryFn: async ({ signal }) => (await api.get<{ items: SavedMap[] }>('/column-maps', { signal })).items,
})

export const exportPlanQuery = (query: ExportQuery) =>
  queryOptions({
    queryKey: ['export-plan', query],
    queryFn: ({ signal }) =>
      api.post<ExportPlan>('/exports/plan', { ...query, harmless: query['harmless'] === 'true' }, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** An import put rows into the register, or took them out again. */
export async function importsChanged(queryClient: QueryClient): Promise<void> {
  const keys = ['imports', 'import-progress', 'import-preview', 'uses', 'systems', 'overview', 'navigation-counts']
  const names = ['suppliers', 'models', 'organisations']
  await Promise.all([...keys, ...names].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
