import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const importsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports',
  component: lazyRouteComponent(() => import('./imports-screen.tsx'), 'ImportsScreen'),
})
export const importNewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports/new',
  component: lazyRouteComponent(() => import('./import-new-screen.tsx'), 'ImportNewScreen'),
})
export const importResultRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./import-result-screen.tsx'), 'ImportResultScreen'),
})

export const importRoutes = [importsRoute, importNewRoute, importResultRoute]
