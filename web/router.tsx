import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'

import { accessRoutes } from './access/routes.tsx'
import { catalogRoutes } from './catalog/routes.tsx'
import { consultationRoutes } from './consultation/routes.tsx'
import { finderRoutes } from './finder/routes.tsx'
import { importRoutes } from './import/routes.tsx'
import { noticesRoutes } from './notifications/routes.tsx'
import { logRoutes } from './log/routes.tsx'
import { overviewRoutes } from './overview/routes.tsx'
import { procurementRoutes } from './procurement/routes.tsx'
import { registerRoutes } from './register/routes.tsx'
import { parseSearch, stringifySearch } from './search.ts'
import { rootRoute } from './shell/root-route.tsx'
import { NotFound, ScreenFailed, ScreenLoading } from './shell/screen-states.tsx'
import { galleryRoutes } from './ui/gallery/routes.tsx'
import { userRulesRoutes } from './user-rules/routes.tsx'

const routeTree = rootRoute.addChildren([
  ...overviewRoutes,
  ...registerRoutes,
  ...finderRoutes,
  ...consultationRoutes,
  ...procurementRoutes,
  ...userRulesRoutes,
  ...importRoutes,
  ...catalogRoutes,
  ...accessRoutes,
  ...logRoutes,
  ...noticesRoutes,
  ...galleryRoutes,
])

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: false,
    defaultPendingComponent: ScreenLoading,
    defaultErrorComponent: ScreenFailed,
    defaultNotFoundComponent: NotFound,
  })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- the router is registered by declaration merging
  interface Register {
    router: AppRouter
  }
}
