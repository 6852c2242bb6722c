import { deskRoutes } from './desk/routes.tsx'
import { reportRoutes } from './reports/routes.tsx'

export const consultationRoutes = [...deskRoutes, ...reportRoutes] as const
