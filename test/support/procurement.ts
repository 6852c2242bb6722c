import { sql } from 'kysely'

import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import type { Database } from '#platform/database.ts'
import type { Sheet } from '#procurement/sheets/api.ts'
import { acceptProposals, decideItem } from '#procurement/sheets/decide-items.ts'
import { editItem } from '#procurement/sheets/edit-item.ts'
import { type Guide, guideOf } from '#procurement/sheets/guide.ts'
import { gapsIn } from '#procurement/sheets/model.ts'
import { insertProofs } from '#procurement/sheets/store-items.ts'
import { openProcurement, openWithin } from '#procurement/sheets/open-procurement.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Facts } from '#register/model.ts'
import { loadSystem } from '#register/store-read.ts'
import { make, type MadeOrganisation } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

let shipped: Guide | undefined
/** The guide that is shipped and in force. */
export function shippedGuide(): Guide {
  const folders = ['catalogs']
  shipped ??= guideOf(entryInForce(folders, loadLibrary(folders).library, 'procurement'))
  return shipped
}

/** Facts of a low-risk ready-made service for the own ministry, all known; the verdict is not among them. */
export const lowRisk = {
  system: {
    'service-kind': { value: 'ready-made-service' },
    'inputs-for-training': { value: 'no' },
    autonomy: { value: 'answers-only' },
    'hosting-country': { value: '日本' },
    ismap: { value: 'listed' },
  },
  use: {
    'users-kind': { value: 'own-ministry' },
    'personal-data': { value: 'no' },
    'information-class': { value: 'confidentiality-2' },
    'confidential-in-training': { value: 'no' },
    'personal-in-training': { value: 'no' },
    'error-harm': { value: 'none' },
    'human-judgement': { value: 'all' },
  },
} as const satisfies { system: Facts; use: Facts }

/** Facts of a citizen-facing system made to order that handles personal information. */
export const forCitizens = {
  system: { ...lowRisk.system, 'service-kind': { value: 'made-to-order' } },
  use: {
    ...lowRisk.use,
    'users-kind': { value: 'citizens-outside' },
    'personal-data': { value: 'yes' },
    'error-harm': { value: 'serious' },
    'human-judgement': { value: 'some' },
  },
} as const satisfies { system: Facts; use: Facts }

/** What use cases of the sheets take, without asking access. */
export const sheetDeps = (database: Database) => ({
  db: database.db,
  tx: txOn(database),
  may: () => {},
  guide: shippedGuide(),
})

export type ProcurementMade = {
  readonly id: string
  readonly number: string
  readonly systemId: string
  readonly ministry: MadeOrganisation
  readonly planner: Actor
}

/** A system with a procurement just opened for it. */
export async function aProcurement(
  database: Database,
  facts: { readonly system: Facts; readonly use: Facts } = lowRisk,
  at?: MadeOrganisation,
): Promise<ProcurementMade> {
  const ministry = at ?? (await make.organisation(database.db))
  const planner = await make.person(database.db, ministry, 'planner')
  const [system] = await store(txOn(database), planner, [aSystem(ministry, facts.system, facts.use)])
  const opened = await openProcurement(sheetDeps(database), planner, { systemId: system!.systemId })
  return { ...opened, systemId: system!.systemId, ministry, planner }
}

/** Accepts what is proposed, includes what is undecided, and fills in every place of the requirements. */
export async function completeSheet(database: Database, { id, planner }: ProcurementMade): Promise<Sheet> {
  const deps = sheetDeps(database)
  const before = await loadSheet(database.db, id)
  if (before.items.some((item) => item.included === null && item.proposal.says !== 'undecided'))
    await acceptProposals(deps, planner, id)

  for (const { item, version, included } of (await loadSheet(database.db, id)).items)
    if (included === null) await decideItem(deps, planner, { id, item, version, included: true })
  for (const { item, version, included, requirement } of (await loadSheet(database.db, id)).items) {
    if (included !== true || gapsIn(requirement).length === 0) continue
    const edit = { requirement: requirement.replace(/【([^】]*)】/g, '$1') }
    await editItem(deps, planner, { id, item, version, edit })
  }
  return loadSheet(database.db, id)
}

/** What the routes of the sheets are tried on: one item of it is included and has a proof that is not given yet. */
export async function procurementItems(
  deps: { tx: RunTx },
  organisation: MadeOrganisation,
  systemId: string,
  otherSystemId: string,
) {
  const actor: Actor = { personId: founder, role: 'planner', organisationId: organisation.id }
  return deps.tx(actor, async (t) => {
    const system = (await loadSystem(t.db, systemId))!
    const { id } = await openWithin(t, shippedGuide(), system, '調達')
    await sql`update check_item set included = true, decided_at = now(), decided_by = ${founder}
      where procurement_id = ${id} and item = 'p-04'`.execute(t.db)
    const proofId = t.newId()
    const owner = { id, systemId, organisationId: organisation.id }
    const p04 = (await loadSheet(t.db, id)).items.find((item) => item.item === 'p-04')!
    const proof = { kind: 'evidence', what: '訓練の記録', responsible: '総務課', stage: 'operation', state: 'open' }
    await insertProofs(t, owner, [{ ...proof, id: proofId, checkItemId: p04.id, setting: null, dueOn: null }])
    // Nothing was sent to suppliers of this one: its items are still open.
    const opened = await openWithin(t, shippedGuide(), (await loadSystem(t.db, otherSystemId))!, '開いた調達')
    await sql`update check_item set included = true, decided_at = now(), decided_by = ${founder}
      where procurement_id = ${opened.id} and item = 'p-04'`.execute(t.db)
    return { procurementId: id, openedProcurementId: opened.id, proofId }
  })
}
const founder = '00000000-0000-7000-8000-00000000000f'
