import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

const docketRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board',
  component: lazyRouteComponent(() => import('./docket-screen.tsx'), 'DocketScreen'),
})
const caseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/cases/$id',
  component: lazyRouteComponent(() => import('./case-screen.tsx'), 'CaseScreen'),
})
const precedentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/precedents',
  component: lazyRouteComponent(() => import('./precedents-screen.tsx'), 'PrecedentsScreen'),
})
const meetingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board/meetings',
  component: lazyRouteComponent(() => import('./meetings-screen.tsx'), 'MeetingsScreen'),
})

export const boardRoutes = [docketRoute, caseRoute, precedentsRoute, meetingsRoute] as const
