import type { QueryClient } from '@tanstack/react-query'

import type { Search } from '#web/search.ts'
import { meQuery } from '#web/shell/session.ts'

import { usesQuery } from './calls.ts'
import { readScoped } from './query.ts'

/** Asks for the page of the list that the address names, so that it is there when the screen is. */
export function prefetchList(queryClient: QueryClient, search: Search): void {
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (me) void queryClient.prefetchQuery(usesQuery(readScoped(search, me.ministry.id)))
}
