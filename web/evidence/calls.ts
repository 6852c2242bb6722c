import { queryOptions } from '@tanstack/react-query'

import type { Evidence, EvidenceList } from '#evidence/api.ts'
import type { ItemKind } from '#evidence/model.ts'
import { api, upload } from '#web/api.ts'

/** What papers can hang on. */
export type EvidenceOf = { readonly kind: ItemKind; readonly id: string }

export const evidenceQuery = (of: EvidenceOf) =>
  queryOptions({
    queryKey: ['evidence', of.id],
    queryFn: ({ signal }) =>
      api.get<EvidenceList>('/evidence', { signal, query: { itemKind: of.kind, itemId: of.id } }),
  })

export type ToAttach = { readonly title: string; readonly classification: string; readonly file: File }

export const attach = (of: EvidenceOf, { file, ...words }: ToAttach, onProgress: (sent: number) => void) =>
  upload<{ id: string }>('/evidence', file, { onProgress, words: { itemKind: of.kind, itemId: of.id, ...words } })

export const prove = (id: string) => api.post<{ ok: boolean }>(`/evidence/${id}/proof`, {})
export const withdraw = (id: string, because: string) => api.post<Evidence>(`/evidence/${id}/withdraw`, { because })
