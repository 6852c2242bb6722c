import { queryOptions } from '@tanstack/react-query'

import type { DocumentsPage, FormPreview, PlannerForm, TemplatesPage } from '#procurement/documents/api.ts'
import type { DocumentFormat, DocumentKind, Language } from '#procurement/documents/model.ts'
import { api, apiAddress, readProblem, upload } from '#web/api.ts'

export const documentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['procurement-documents', id],
    queryFn: ({ signal }) => api.get<DocumentsPage>(`/procurements/${id}/documents`, { signal }),
  })

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => api.get<TemplatesPage>('/templates', { signal }),
})

export const formAddress = (id: string, sheet: PlannerForm, language: Language): string =>
  apiAddress(`/procurements/${id}/sheets/${sheet}.xlsx`, { language })

export const previewUpload = (id: string, sheet: PlannerForm, file: File): Promise<FormPreview> =>
  upload<FormPreview>(`/procurements/${id}/sheets/${sheet}/preview`, file)

export type Wanted = {
  readonly kind: DocumentKind
  readonly format: DocumentFormat
  readonly language: Language
  readonly internal: boolean
}

/** Fetched and not only linked: where it cannot be made, the page says why. @throws ApiError */
export async function downloadDocument(id: string, { kind, internal, ...query }: Wanted): Promise<string> {
  const address = apiAddress(`/procurements/${id}/documents/${kind}`, { ...query, internal: internal ? 'yes' : 'no' })
  const answer = await fetch(address, { headers: { accept: '*/*' } })
  if (!answer.ok) throw readProblem(answer.status, await answer.text())
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'document'
  const name = decodeURIComponent(encoded)
  const url = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return name
}
