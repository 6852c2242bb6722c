import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const registerListRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  // The rows are asked for beside the script of the screen, not after it; the screen does not wait for them.
  loader: ({ context: { queryClient }, location }) => {
    void import('./prefetch-list.ts').then(({ prefetchList }) => prefetchList(queryClient, location.search))
  },
  component: lazyRouteComponent(() => import('./register-list-screen.tsx'), 'RegisterListScreen'),
})
export const registerNewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register/new',
  component: lazyRouteComponent(() => import('./register-new-screen.tsx'), 'RegisterNewScreen'),
})
export const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  component: lazyRouteComponent(() => import('./models-screen.tsx'), 'ModelsScreen'),
})
export const notReportedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/not-reported',
  component: lazyRouteComponent(() => import('./not-reported-screen.tsx'), 'NotReportedListScreen'),
})
export const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/systems/$id',
  component: lazyRouteComponent(() => import('./system-screen.tsx'), 'SystemScreen'),
})
export const systemEditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/systems/$id/edit',
  component: lazyRouteComponent(() => import('./system-edit-screen.tsx'), 'SystemEditScreen'),
})
export const systemHistoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/systems/$id/history',
  component: lazyRouteComponent(() => import('./system-history-screen.tsx'), 'SystemHistoryScreen'),
})

export const registerRoutes = [
  registerListRoute,
  registerNewRoute,
  modelsRoute,
  notReportedRoute,
  systemRoute,
  systemEditRoute,
  systemHistoryRoute,
]
