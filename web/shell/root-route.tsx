import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet, redirect, useLocation } from '@tanstack/react-router'

import { ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'

import { ScreenFailed } from './screen-states.tsx'
import { meQuery, useMe } from './session.ts'
import { Shell } from './shell.tsx'

const open = new Set(['/sign-in', '/tenders/enter', '/ui-gallery'])
/** Shown to whoever asks, without a person. */
export const isOpen = (pathname: string): boolean => open.has(pathname)

/** Every screen but these needs a person; who is not signed in is asked to, and comes back to where they were going. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context, location }) => {
    if (isOpen(location.pathname)) return
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not-signed-in') {
        throw redirect({ href: paths.signIn({ next: location.href, ...endedBecause(error) }) })
      }
      throw error
    }
  },
  component: Root,
  errorComponent: (props) => (
    <Shell me={undefined}>
      <ScreenFailed {...props} />
    </Shell>
  ),
})

/** A session that ended by itself has a reason which the person should be told. */
function endedBecause({ params }: ApiError): { fault?: string } {
  const { reason } = params
  return reason === 'role-ended' || reason === 'clock' ? { fault: reason } : {}
}

function Root() {
  const me = useMe()
  const { pathname } = useLocation()
  return (
    <Shell me={isOpen(pathname) ? undefined : me}>
      <Outlet />
    </Shell>
  )
}
