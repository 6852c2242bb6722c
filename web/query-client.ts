import { QueryClient } from '@tanstack/react-query'

import { ApiError } from './api.ts'

/** Only what may heal by itself is tried again: no answer at all, or a server that says it is not ready. */
const mayHeal = (error: Error): boolean => !(error instanceof ApiError) || error.code === 'unavailable'

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && mayHeal(error),
      },
      mutations: { retry: false },
    },
  })
