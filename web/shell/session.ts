import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import type { Me } from '#access/api.ts'
import type { Role } from '#access/model.ts'
import type { NavigationCounts } from '#overview/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'

export type { Me } from '#access/api.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/me', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const navigationCountsQuery = queryOptions({
  queryKey: ['navigation-counts'],
  queryFn: ({ signal }) => api.get<NavigationCounts>('/navigation-counts', { signal }),
})

/** The person signed in; undefined only on the sign-in screen and in the gallery. */
export const useMe = (): Me | undefined => useQuery({ ...meQuery, enabled: false }).data

/** Another person or role sees other things, so all that was read before is forgotten and read again. */
export function useSession() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const take = async (me: Me) => {
    queryClient.setQueryData(meQuery.queryKey, me)
    await queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] })
    await router.invalidate()
  }
  return {
    signIn: async (personId: string, role?: Role) =>
      take(await api.post<Me>('/session', role === undefined ? { personId } : { personId, role })),
    changeRole: async ({ role, organisation, onBehalfOf, supplier }: Me['rolesHeld'][number]) =>
      take(
        await api.patch<Me>('/session', {
          role,
          organisationId: organisation.id,
          ...(onBehalfOf && { onBehalfOf: onBehalfOf.id }),
          ...(supplier && { supplierId: supplier.id }),
        }),
      ),
    /** Loads the page anew, so that nothing of the person stays in memory. */
    signOut: async () => {
      const { to } = await api.delete<{ to: string | null }>('/session')
      window.location.assign(to ?? paths.signIn())
    },
  }
}
