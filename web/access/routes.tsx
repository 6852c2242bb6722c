import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
})
export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
})
export const organisationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./organisations-screen.tsx'), 'OrganisationsScreen'),
})
export const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./people-screen.tsx'), 'PeopleScreen'),
})
export const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./person-screen.tsx'), 'PersonScreen'),
})
export const aboutDemoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/about-demo',
  component: lazyRouteComponent(() => import('./about-demo-screen.tsx'), 'AboutDemoScreen'),
})

export const accessRoutes = [signInRoute, accountRoute, organisationsRoute, peopleRoute, personRoute, aboutDemoRoute]
