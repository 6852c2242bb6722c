import { queryOptions } from '@tanstack/react-query'

import type { Overview } from '#overview/api.ts'
import { api } from '#web/api.ts'

export const overviewQuery = (organisation: string) =>
  queryOptions({
    queryKey: ['overview', organisation],
    queryFn: ({ signal }) =>
      api.get<Overview>('/overview', { query: organisation === '' ? {} : { organisation }, signal }),
  })
