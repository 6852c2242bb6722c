import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

const consultationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/consultations',
  component: lazyRouteComponent(() => import('./consultations-screen.tsx'), 'ConsultationsScreen'),
})
const consultationNewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/consultations/new',
  component: lazyRouteComponent(() => import('./consultation-new-screen.tsx'), 'ConsultationNewScreen'),
})
export const consultationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/consultations/$id',
  component: lazyRouteComponent(() => import('./consultation-screen.tsx'), 'ConsultationScreen'),
})
export const publicationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/consultations/$id/publication',
  component: lazyRouteComponent(() => import('./publication-screen.tsx'), 'PublicationScreen'),
})
const collectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/collection',
  component: lazyRouteComponent(() => import('./collection-screen.tsx'), 'CollectionScreen'),
})
export const collectionEntryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/collection/$id',
  component: lazyRouteComponent(() => import('./collection-entry-screen.tsx'), 'CollectionEntryScreen'),
})

export const deskRoutes = [
  consultationsRoute,
  consultationNewRoute,
  consultationRoute,
  publicationRoute,
  collectionRoute,
  collectionEntryRoute,
] as const
