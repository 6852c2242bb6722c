import { queryOptions } from '@tanstack/react-query'

import type { Finder } from '#finder/api.ts'
import { api } from '#web/api.ts'

export const finderQuery = (useId: string) =>
  queryOptions({
    queryKey: ['finder', useId],
    queryFn: ({ signal }) => api.get<Finder>(`/uses/${useId}/finder`, { signal }),
  })
