import type { AnyRoute } from '@tanstack/react-router'

export const procurementRoutes = [] as const satisfies readonly AnyRoute[]
