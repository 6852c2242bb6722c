import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const logRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/log',
    component: lazyRouteComponent(() => import('./log-screen.tsx'), 'LogScreen'),
  }),
]
