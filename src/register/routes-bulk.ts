import type { App } from '#platform/http.ts'

import type { RegisterDeps } from './routes.ts'

export function bulkRoutes(_app: App, _deps: RegisterDeps): void {}
