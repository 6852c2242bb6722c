import type { Actor, RunTx } from '#audit/transaction.ts'
import { transactions } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import { newId, type Now } from '#platform/ids.ts'
import type { Facts } from '#register/model.ts'
import { registerRoutes } from '#register/routes.ts'
import { type NewRow, type StoredRow, storeSystems } from '#register/store-systems.ts'
import { appOn } from '#test/app.ts'
import { type MadeOrganisation } from '#test/people.ts'

export const txOn = (database: Database, now: Now = () => new Date()): RunTx =>
  transactions({ db: database.db, now, newId })

/** The server with the routes of the register. */
export async function registerAppOn(database: Database) {
  const { app, deps } = await appOn(database)
  if (!app.hasRoute({ method: 'GET', url: '/api/v1/uses' })) registerRoutes(app, deps)
  return { app, deps }
}

export const aSystem = (organisation: MadeOrganisation, facts: Facts = {}, useFacts: Facts = {}): NewRow => ({
  organisationId: organisation.id,
  facts: { name: { value: '庁内文書要約支援' }, ...facts },
  useFacts: { purpose: { value: '長い通知文を短くまとめ、職員が確かめる時間を減らす。' }, ...useFacts },
})

/** Stores systems as they are, without asking access: what is there before the test begins. */
export const store = (tx: RunTx, actor: Actor, rows: readonly NewRow[]): Promise<StoredRow[]> =>
  tx(actor, (t) => storeSystems(t, { rows }))
