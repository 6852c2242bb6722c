import { adviceRoutes } from './advice/routes.tsx'
import { boardRoutes } from './board/routes.tsx'
import { deskRoutes } from './desk/routes.tsx'
import { reportRoutes } from './reports/routes.tsx'

export const consultationRoutes = [...adviceRoutes, ...boardRoutes, ...deskRoutes, ...reportRoutes] as const
