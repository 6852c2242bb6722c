import { queryOptions } from '@tanstack/react-query'

import type {
  AnswerFormPreview,
  ComparisonPage,
  EarlierAnswer,
  HandedIn,
  Invitation,
  MadeLink,
  OwnTender,
  Proposed,
  SaveAnswer,
  SentTender,
  SupplierContact,
  Tender,
} from '#procurement/tenders/api.ts'
import type { Fulfilment, LinkWay, Mark } from '#procurement/tenders/model.ts'
import { api, upload } from '#web/api.ts'

// Of the supplier.

export const tendersQuery = queryOptions({
  queryKey: ['tenders'],
  queryFn: async ({ signal }) => (await api.get<{ items: SentTender[] }>('/tenders', { signal })).items,
})
export const ownTenderQuery = (id: string) =>
  queryOptions({
    queryKey: ['tenders', id],
    queryFn: ({ signal }) => api.get<OwnTender>(`/tenders/${id}`, { signal }),
  })
export const earlierQuery = (id: string) =>
  queryOptions({
    queryKey: ['tenders', id, 'earlier'],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: { item: string; answers: EarlierAnswer[] }[] }>(`/tenders/${id}/earlier-answers`, {
          signal,
        })
      ).items,
  })
export const saveAnswer = (id: string, item: string, answer: SaveAnswer, version: number) =>
  api.put<{ version: number; updatedAt: string }>(`/tenders/${id}/answers/${item}`, answer, { version })
export const handIn = (id: string, sending: number) => api.post<HandedIn>(`/tenders/${id}/hand-in`, { sending })
export type ToTake = { readonly item: string; readonly answer: string; readonly version: number }
export const takeEarlier = (id: string, take: readonly ToTake[]) =>
  api.post<{ taken: number }>(`/tenders/${id}/earlier-answers`, { take })
export const readDescription = (id: string, file: File) => upload<Proposed>(`/tenders/${id}/proposals`, file)
export const previewAnswers = (id: string, file: File) =>
  upload<AnswerFormPreview>(`/tenders/${id}/answers/preview`, file)
export type ToSave = {
  readonly item: string
  readonly version: number
  readonly fulfils: Fulfilment | null
  readonly text: string
}
export const takeAnswers = (id: string, fileName: string, take: readonly ToSave[]) =>
  api.post<{ taken: number }>(`/tenders/${id}/answers/take`, { fileName, take })
export const enterByLink = (token: string) => api.post<{ tender: string }>('/tenders/enter', { token })

// Of the ministry.

export const tenderQuery = (procurement: string) =>
  queryOptions({
    queryKey: ['procurements', procurement, 'tender'],
    queryFn: ({ signal }) => api.get<Tender>(`/procurements/${procurement}/tender`, { signal }),
  })
export const comparisonQuery = (procurement: string) =>
  queryOptions({
    queryKey: ['procurements', procurement, 'comparison'],
    queryFn: ({ signal }) => api.get<ComparisonPage>(`/procurements/${procurement}/comparison`, { signal }),
  })
export const contactsQuery = (procurement: string, supplierId: string | undefined) =>
  queryOptions({
    queryKey: ['procurements', procurement, 'contacts', supplierId],
    enabled: supplierId !== undefined,
    queryFn: async ({ signal }) =>
      (
        await api.get<{ people: SupplierContact[] }>(`/procurements/${procurement}/supplier-contacts`, {
          signal,
          query: { supplierId: supplierId ?? '' },
        })
      ).people,
  })
export const invite = (procurement: string, invitation: Invitation) =>
  api.post<MadeLink>(`/procurements/${procurement}/bidders`, invitation)
export const amend = (procurement: string) =>
  api.post<{ sending: number }>(`/procurements/${procurement}/tender/amendments`, {})
export type BidderChange = { readonly deadline?: string; readonly state?: 'withdrawn' | 'invited' }
export const changeBidder = (id: string, change: BidderChange, version: number) =>
  api.patch<{ version: number }>(`/bidders/${id}`, change, { version })
export const renewLink = (id: string, way: LinkWay) => api.post<MadeLink>(`/bidders/${id}/link`, { way })
export const revokeLink = (id: string) => api.delete(`/bidders/${id}/link`)
export type ToEvaluate = {
  readonly bidderId: string
  readonly item: string
  readonly mark: Mark | null
  readonly reason: string
  readonly version: number
}
export const evaluate = (procurement: string, { bidderId, item, mark, reason, version }: ToEvaluate) =>
  api.put<{ version: number }>(
    `/procurements/${procurement}/evaluations/${bidderId}/${item}`,
    { mark, reason },
    { version },
  )
export const award = (procurement: string, given: { bidderId: string; reason: string }, version: number) =>
  api.post<{ version: number }>(`/procurements/${procurement}/award`, given, { version })
