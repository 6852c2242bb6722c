import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { paths } from '#web/paths.ts'
import { rootRoute } from '#web/shell/root-route.tsx'
import { meQuery } from '#web/shell/session.ts'

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // Staff who use AI open on the rules they use it by.
  beforeLoad: ({ context }) => {
    if (context.queryClient.getQueryData(meQuery.queryKey)?.role === 'user')
      throw redirect({ href: paths.myRules(), replace: true })
  },
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
})

export const overviewRoutes = [overviewRoute]
