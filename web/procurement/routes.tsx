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

const comparisonRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/procurement/$id/comparison',
  component: lazyRouteComponent(() => import('./tenders/comparison-screen.tsx'), 'ComparisonScreen'),
})
const tendersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tenders',
  component: lazyRouteComponent(() => import('./tenders/tenders-screen.tsx'), 'TendersScreen'),
})
const enterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tenders/enter',
  component: lazyRouteComponent(() => import('./tenders/enter-screen.tsx'), 'EnterScreen'),
})
const tenderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tenders/$id',
  component: lazyRouteComponent(() => import('./tenders/own-tender-screen.tsx'), 'OwnTenderScreen'),
})

const documentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/procurement/$id/documents',
  component: lazyRouteComponent(() => import('./documents/documents-screen.tsx'), 'DocumentsScreen'),
})
const sheetImportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/procurement/$id/import/$sheet',
  component: lazyRouteComponent(() => import('./documents/import-screen.tsx'), 'SheetImportScreen'),
})
const templatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/templates',
  component: lazyRouteComponent(() => import('./documents/templates-screen.tsx'), 'TemplatesScreen'),
})

export const procurementRoutes = [
  documentsRoute,
  sheetImportRoute,
  templatesRoute,
  listRoute,
  sheetRoute,
  comparisonRoute,
  tendersRoute,
  enterRoute,
  tenderRoute,
]
