import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const catalogsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/catalogs',
  component: lazyRouteComponent(() => import('./catalogs-screen.tsx'), 'CatalogsScreen'),
})
export const catalogRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/catalogs/$id/$edition',
  component: lazyRouteComponent(() => import('./catalog-screen.tsx'), 'CatalogScreen'),
})
export const catalogListRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/catalogs/$id/$edition/$list',
  component: lazyRouteComponent(() => import('./catalog-list-screen.tsx'), 'CatalogListScreen'),
})

export const catalogRoutes = [catalogsRoute, catalogRoute, catalogListRoute]
