import { queryOptions } from '@tanstack/react-query'

import { api } from '#web/api.ts'

/** How many are unread: asked again each minute while the page is seen. */
export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => api.get<{ unread: number }>('/notifications/unread', { signal }),
  refetchInterval: 60_000,
  retry: false,
})
