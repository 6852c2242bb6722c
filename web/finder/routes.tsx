import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const finderOverviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/finder',
  component: lazyRouteComponent(() => import('./finder-overview-screen.tsx'), 'FinderOverviewScreen'),
})
export const useFinderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/uses/$id/finder',
  component: lazyRouteComponent(() => import('./use-finder-screen.tsx'), 'UseFinderScreen'),
})

export const finderRoutes = [finderOverviewRoute, useFinderRoute]
