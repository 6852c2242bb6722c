import { queryOptions } from '@tanstack/react-query'

import type { FiguresNow, Report, ReportList } from '#consultation/reports/api.ts'
import { api } from '#web/api.ts'

/** What the screens of periodic reports read. */

export const reportsQuery = queryOptions({
  queryKey: ['reports', 'list'],
  queryFn: ({ signal }) => api.get<ReportList>('/reports', { signal }),
})

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', id],
    queryFn: ({ signal }) => api.get<Report>(`/reports/${id}`, { signal }),
  })

export const figuresNowQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', id, 'figures-now'],
    queryFn: ({ signal }) => api.get<FiguresNow>(`/reports/${id}/figures-now`, { signal }),
  })
