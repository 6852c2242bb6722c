import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/procurement',
  component: lazyRouteComponent(() => import('./sheets/list-screen.tsx'), 'ProcurementListScreen'),
})
const sheetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/procurement/$id',
  component: lazyRouteComponent(() => import('./sheets/sheet-screen.tsx'), 'ProcurementScreen'),
})

export const procurementRoutes = [listRoute, sheetRoute]
