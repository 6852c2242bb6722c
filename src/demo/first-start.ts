import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import type { NewId } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { foundOffice } from './first-office.ts'
import { loadDemo } from './load-demo.ts'
import { type DemoCounts, nobody } from './store.ts'

export type FirstStart =
  | { readonly did: 'nothing' }
  | { readonly did: 'demo'; readonly counts: DemoCounts }
  | { readonly did: 'office'; readonly organisationId: string }

/**
 * On a database without organisations: the demonstration content, or without it the least that an office needs to begin.
 * On any other database nothing, whatever was asked: what was removed does not come back by a restart.
 */
export const firstStart = (
  deps: { db: Db; tx: RunTx; may: May; newId: NewId; editions: Editions },
  options: { readonly demo: boolean },
): Promise<FirstStart> => asSystem(() => begin(deps, options))

async function begin(
  deps: { db: Db; tx: RunTx; may: May; newId: NewId; editions: Editions },
  options: { readonly demo: boolean },
): Promise<FirstStart> {
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from organisation) as there`.execute(deps.db)
  if (rows[0]!.there) return { did: 'nothing' }
  if (options.demo) return { did: 'demo', counts: await loadDemo(deps) }
  const founder = { personId: nobody, role: 'administrator', organisationId: nobody }
  return { did: 'office', organisationId: await deps.tx(founder, foundOffice) }
}
