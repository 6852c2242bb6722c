import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ui-gallery',
  component: lazyRouteComponent(() => import('./gallery-screen.tsx'), 'GalleryScreen'),
})

export const galleryRoutes = [galleryRoute]
