import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

const conditionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/conditions',
  component: lazyRouteComponent(() => import('./conditions-screen.tsx'), 'ConditionsScreen'),
})

export const adviceRoutes = [conditionsRoute]
