import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { rootRoute } from '#web/shell/root-route.tsx'

const staffRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/my-rules',
    component: lazyRouteComponent(() => import('./staff/my-rules-screen.tsx'), 'MyRulesScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/tell',
    component: lazyRouteComponent(() => import('./staff/tell-screen.tsx'), 'TellScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/usable-systems',
    component: lazyRouteComponent(() => import('./staff/usable-screen.tsx'), 'UsableScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/acknowledgements',
    component: lazyRouteComponent(
      () => import('./acknowledgements/acknowledgements-screen.tsx'),
      'AcknowledgementsScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/check-questions/$id',
    component: lazyRouteComponent(() => import('./acknowledgements/questions-screen.tsx'), 'QuestionsScreen'),
  }),
] as const

const editorRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/user-rules',
    component: lazyRouteComponent(() => import('./editor/rules-screen.tsx'), 'RulesScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/user-rules/$id',
    component: lazyRouteComponent(() => import('./editor/rule-screen.tsx'), 'RuleScreen'),
  }),
] as const

export const userRulesRoutes = [...editorRoutes, ...staffRoutes] as const
