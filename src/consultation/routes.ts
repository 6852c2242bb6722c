import type { App } from '#platform/http.ts'

import type { ConsultationDeps } from './deps.ts'

export function consultationRoutes(_app: App, _deps: ConsultationDeps): void {}
