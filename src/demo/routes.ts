import type { May } from '#access/may.ts'
import '#access/request.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import { type DemoState, demoStateSchema, removedSchema } from './api.ts'
import { removeDemo } from './remove-demo.ts'
import { countDemo, demoPresent } from './store.ts'

export type DemoDeps = { readonly db: Db; readonly tx: RunTx; readonly may: May }

const tags = ['demo']

export function demoRoutes(app: App, deps: DemoDeps): void {
  app.get(
    '/api/v1/demo',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Whether fictional demonstration content is present, and how much',
        response: { 200: demoStateSchema },
      },
    },
    // Of all ministries: the fictional content is one, and goes as one.
    async () => asSystem(() => demoState(deps.db)),
  )
  app.delete(
    '/api/v1/demo',
    {
      config: { action: 'remove-demo' },
      schema: {
        tags,
        summary: 'Delete the demonstration content for good; what real records hang on is kept and named',
        response: { 200: removedSchema },
      },
    },
    async (request) => asSystem(() => removeDemo(deps, request.actor)),
  )
}

export async function demoState(db: Db): Promise<DemoState> {
  const counts = await countDemo(db)
  const total = Object.values(counts).reduce((n, count) => n + count, 0)
  return { present: await demoPresent(db), counts, total }
}
