import type { AnyRoute } from '@tanstack/react-router'

export const consultationRoutes = [] as const satisfies readonly AnyRoute[]
