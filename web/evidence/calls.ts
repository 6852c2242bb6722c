import { queryOptions } from '@tanstack/react-query'

import type { Evidence, EvidenceList } from '#evidence/api.ts'
import { api, upload } from '#web/api.ts'

const keyOf = (systemId: string) => ['evidence', systemId] as const

export const evidenceQuery = (systemId: string) =>
  queryOptions({
    queryKey: keyOf(systemId),
    queryFn: ({ signal }) =>
      api.get<EvidenceList>('/evidence', { signal, query: { itemKind: 'system', itemId: systemId } }),
  })

export type ToAttach = { readonly title: string; readonly classification: string; readonly file: File }

export const attach = (systemId: string, { file, ...words }: ToAttach, onProgress: (sent: number) => void) =>
  upload<{ id: string }>('/evidence', file, { onProgress, words: { itemKind: 'system', itemId: systemId, ...words } })

export const prove = (id: string) => api.post<{ ok: boolean }>(`/evidence/${id}/proof`, {})
export const withdraw = (id: string, because: string) => api.post<Evidence>(`/evidence/${id}/withdraw`, { because })
