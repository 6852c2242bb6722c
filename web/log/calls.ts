import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import type { LogEntry, LogState } from '#audit/api.ts'
import type { Verification } from '#audit/verify/api.ts'
import { api, apiAddress, readProblem } from '#web/api.ts'

type LogPage = { readonly items: LogEntry[]; readonly next: string | null }

/** Conditions as they stand in the address; empty ones are left out. */
export const conditionNames = ['from', 'to', 'type', 'itemKind', 'organisation', 'person', 'item'] as const
export type Conditions = Readonly<Partial<Record<(typeof conditionNames)[number], string>>>

export const logQuery = (conditions: Conditions, cursor: string | undefined, limit: number) =>
  queryOptions({
    queryKey: ['log', conditions, cursor, limit],
    queryFn: ({ signal }) => api.get<LogPage>('/log', { signal, query: { ...conditions, cursor, limit } }),
    placeholderData: keepPreviousData,
  })

export const logStateQuery = queryOptions({
  queryKey: ['log-state'],
  queryFn: ({ signal }) => api.get<LogState>('/log/state', { signal }),
  refetchInterval: 5000,
})

export const verificationsQuery = queryOptions({
  queryKey: ['log-verifications'],
  queryFn: async ({ signal }) =>
    (await api.get<{ verifications: Verification[] }>('/log/verifications', { signal })).verifications,
  // While one runs, its result is waited for.
  refetchInterval: ({ state }) => (state.data?.some(({ outcome }) => outcome === 'running') === true ? 1000 : false),
})

export const startVerification = (checkpoints: readonly string[]) =>
  api.post<Verification>('/log/verifications', { checkpoints })

/** The proof of one entry, as a text that can be kept. @throws ApiError */
export async function proofText(kind: string, row: string): Promise<string> {
  const answer = await fetch(apiAddress('/log/proof/inclusion', { kind, row }), { headers: { accept: 'text/plain' } })
  const text = await answer.text()
  if (!answer.ok) throw readProblem(answer.status, text)
  return text
}
