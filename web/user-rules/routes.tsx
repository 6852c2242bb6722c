import type { AnyRoute } from '@tanstack/react-router'

export const userRulesRoutes = [] as const satisfies readonly AnyRoute[]
