import { queryOptions } from '@tanstack/react-query'

import type { CaseDetail, CasesOfSystem, Meeting, Precedents, Seat, ToConsult } from '#consultation/board/api.ts'
import type { Name } from '#access/model.ts'
import { api } from '#web/api.ts'

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['board-cases', id],
    queryFn: ({ signal }) => api.get<CaseDetail>(`/board/cases/${id}`, { signal }),
    // Each look of a recused member is recorded: only a look of the person is one.
    refetchOnWindowFocus: false,
  })

export const casesOfSystemQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['board-cases', 'of-system', systemId],
    queryFn: ({ signal }) => api.get<CasesOfSystem>(`/systems/${systemId}/board-cases`, { signal }),
  })

export const toConsultQuery = queryOptions({
  queryKey: ['board-cases', 'to-consult'],
  queryFn: ({ signal }) => api.get<ToConsult>('/board/to-consult', { signal }),
})

export const precedentsQuery = (id: string, all: boolean) =>
  queryOptions({
    queryKey: ['board-cases', id, 'precedents', all],
    queryFn: ({ signal }) =>
      api.get<Precedents>(`/board/cases/${id}/precedents`, { signal, query: { all: all ? 'yes' : 'no' } }),
  })

export const meetingsQuery = queryOptions({
  queryKey: ['board-meetings'],
  queryFn: ({ signal }) => api.get<{ items: Meeting[] }>('/board/meetings', { signal }),
})

export type Seats = { readonly items: Seat[]; readonly candidates: { personId: string; name: Name; post: Name }[] }
export const seatsQuery = queryOptions({
  queryKey: ['board-seats'],
  queryFn: ({ signal }) => api.get<Seats>('/board/seats', { signal }),
})
