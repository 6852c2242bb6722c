import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import type {
  CollectionEntry,
  CollectionList,
  Consultation,
  ConsultationList,
  DeskPeople,
  Publication,
  SimilarAnswer,
} from '#consultation/desk/api.ts'
import { api } from '#web/api.ts'

/** What the screens of the Consultation Desk read, each under the key by which a write makes it stale. */

export const consultationsQuery = (query: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: ['consultations', 'list', query],
    queryFn: ({ signal }) => api.get<ConsultationList>('/consultations', { signal, query }),
    placeholderData: keepPreviousData,
  })

export const consultationQuery = (id: string) =>
  queryOptions({
    queryKey: ['consultations', id],
    queryFn: ({ signal }) => api.get<Consultation>(`/consultations/${id}`, { signal }),
  })

export const deskPeopleQuery = queryOptions({
  queryKey: ['desk-people'],
  queryFn: ({ signal }) => api.get<DeskPeople>('/desk-people', { signal }),
})

export const publicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['consultations', id, 'publication'],
    queryFn: ({ signal }) => api.get<Publication>(`/consultations/${id}/publication`, { signal }),
    // What is being written is not taken away by a window that comes back.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const collectionQuery = (query: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: ['collection', query],
    queryFn: ({ signal }) => api.get<CollectionList>('/collection', { signal, query }),
    placeholderData: keepPreviousData,
  })

export const collectionEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['collection', 'entry', id],
    queryFn: ({ signal }) => api.get<CollectionEntry>(`/collection/${id}`, { signal }),
  })

export const similarAnswersQuery = (text: string) =>
  queryOptions({
    queryKey: ['similar-answers', text],
    queryFn: ({ signal }) => api.post<{ similar: SimilarAnswer[] }>('/similar-answers', { text }, { signal }),
    placeholderData: keepPreviousData,
  })
