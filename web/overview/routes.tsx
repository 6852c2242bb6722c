import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
})

export const overviewRoutes = [overviewRoute]
