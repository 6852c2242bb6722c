import { sql } from 'kysely'
import { Readable } from 'node:stream'

import type { AppDeps } from '#wiring/app.ts'
import { type Role, roles } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import { assessUse } from '#finder/assess-use.ts'
import { newId } from '#platform/ids.ts'
import { createModel } from '#register/models.ts'
import { createSupplier } from '#register/suppliers.ts'
import type { Facts } from '#register/model.ts'
import { harmless } from '#test/finder.ts'
import { importFile } from '#test/imports.ts'
import { adviceItems, seatOnCases } from './matrix-advice.ts'
import { boardItems } from '#test/matrix-board.ts'
import { consultationItems } from '#test/matrix-consultation.ts'
import { nameReviewers, ruleItems, systemRuleItems } from '#test/matrix-user-rules.ts'
import { make, type MadeOrganisation } from '#test/people.ts'
import { procurementItems } from '#test/procurement.ts'
import { matrixTenders } from '#test/tenders.ts'
import { aSystem, store } from '#test/register.ts'

/** Where an item stands, seen from the organisation of the role. The last two differ by how far they are shared. */
export const places = ['own', 'child', 'sibling', 'parent', 'foreign', 'offered', 'restricted'] as const
export type Place = (typeof places)[number]

/** One of everything that a route can be about, belonging to one organisation. */
export type Item = {
  readonly place: Place
  readonly organisation: MadeOrganisation
  readonly systemId: string
  readonly systemName: string
  readonly useId: string
  readonly otherUseId: string
  readonly assessmentId: string
  readonly supplierId: string
  readonly modelId: string
  readonly importId: string
  readonly importedSystemId: string
  /** Of a file that was handed in and not yet imported. */
  readonly sha256: string
  readonly mapId: string
  readonly evidenceId: string
  readonly personId: string
  readonly personName: string
  readonly roleHeldId: string
  readonly deputyId: string
  readonly tokenId: string
  readonly webhookId: string
  readonly holdId: string
  readonly deadJobId: string
  readonly planningSystemId: string
  readonly waiverId: string
  readonly draftCaseId: string
  readonly draftConditionId: string
  readonly advisedCaseId: string
  readonly conditionId: string
  readonly reportedConditionId: string
  readonly askedConditionId: string
  readonly procurementId: string
  readonly openedProcurementId: string
  /** One that was asked in a tender; to the contact in the role of supplier only that of the own organisation was sent. */
  readonly bidderId?: string
  /** What the supplier of the own organisation handed in elsewhere. */
  readonly earlierAnswerId?: string
  readonly proofId: string
} & Awaited<ReturnType<typeof consultationItems>> &
  Awaited<ReturnType<typeof boardItems>> &
  Awaited<ReturnType<typeof ruleItems>> &
  Awaited<ReturnType<typeof systemRuleItems>>
export type Items = Readonly<Record<Place, Item>>
export type Actors = Readonly<Record<Exclude<Role, 'public'>, Actor>>

const founder = '00000000-0000-7000-8000-00000000000f'

/** Two ministries; the actors stand in a bureau of the first, between its ministry and its division. */
export async function makeMatrixItems(deps: AppDeps): Promise<{ items: Items; actors: Actors; views: Views }> {
  const { db } = deps
  const ministry = await make.organisation(db, 'あおば省')
  const bureau = await make.organisation(db, '総務局', ministry)
  const division = await make.organisation(db, '文書課', bureau)
  const beside = await make.organisation(db, '窓口局', ministry)
  const foreign = await make.organisation(db, 'みどり庁')
  await sql`insert into organisation (id, path, kind, code, name_ja, name_en, demo, created_at, created_by)
    select i, array[i], 'ministry', 'DEMO', '架空省', 'Fictional', true, now(), ${founder}::uuid from (select gen_random_uuid() as i) x`.execute(
    db,
  )
  const at: Record<Place, [MadeOrganisation, Facts]> = {
    own: [bureau, {}],
    child: [division, {}],
    sibling: [beside, {}],
    parent: [ministry, {}],
    foreign: [foreign, {}],
    offered: [await make.organisation(db, 'ひなた省'), { 'reuse-by-others': { value: 'yes' } }],
    restricted: [beside, { circulation: { value: 'unit-only' } }],
  }
  await sql`insert into log_verification (id, started_at, finished_at, size, outcome) values (${newId()}, now(), now(), 0, 'intact')`.execute(
    db,
  )
  const items = {} as Record<Place, Item>
  for (const place of places) items[place] = await itemAt(deps, place, ...at[place])
  const actors = {} as Record<Exclude<Role, 'public'>, Actor>
  for (const role of roles) if (role !== 'public') actors[role] = await make.person(db, bureau, role)
  await nameReviewers(
    db,
    Object.values(items).map((item) => item.reviewedVersionId),
    Object.values(actors).map((actor) => actor.personId),
  )
  await seatOnCases(db, actors.board)
  // Somebody else administers each organisation: the last one of all could not be ended.
  for (const one of [ministry, foreign]) await make.person(db, one, 'administrator')
  const { bidders, earlier } = await matrixTenders(db, items, actors.supplier)
  for (const place of places) items[place] = { ...items[place], bidderId: bidders[place]!, earlierAnswerId: earlier }
  actors.supplier = { ...actors.supplier, supplierId: items.own.supplierId }
  return { items, actors, views: await viewsOf(deps, actors) }
}

export type Views = Readonly<Record<string, string>>

async function viewsOf({ db }: AppDeps, actors: Actors): Promise<Views> {
  const views: Record<string, string> = {}
  for (const actor of Object.values(actors)) {
    views[actor.role] = newId()
    await sql`insert into saved_view (id, organisation_id, person_id, name, query, created_at)
      values (${views[actor.role]}, ${actor.organisationId}, ${actor.personId}, '見方', '{}'::jsonb, now())`.execute(db)
  }
  return views
}

async function itemAt(deps: AppDeps, place: Place, organisation: MadeOrganisation, facts: Facts): Promise<Item> {
  const keeper: Actor = { ...(await make.person(deps.db, organisation, 'caio')), organisationId: organisation.path[0]! }
  const own: Actor = { ...keeper, organisationId: organisation.id }
  const name = `照会文書の要約 ${place}`
  const operated: Facts = { name: { value: name }, stage: { value: 'operation' }, ...facts }
  const several = { ...aSystem(organisation, operated, harmless), moreUses: [harmless] }
  const [system] = await store(deps.tx, keeper, [several])
  const { catalog, edition } = deps.finderInForce()!
  const [useId, otherUseId] = system!.useIds as [string, string]
  const assessed = await assessUse(deps, keeper, { useId, answers: {}, catalog, edition })
  const { supplier } = await createSupplier(deps, own, { name: `${place}製作所` })
  const { model } = await createModel(deps, own, { name: `${place}-model`, supplierId: supplier.id })
  const imported = await importFile(deps, keeper, sheetOf(place), { organisationId: organisation.id })
  const { rows } = await sql<{ id: string }>`select id from ai_system where import_id = ${imported.id}`.execute(deps.db)
  const { sha256 } = await deps.files.keep(Readable.from([Buffer.from(sheetOf(`${place} new`))]))
  return {
    place,
    organisation,
    systemId: system!.systemId,
    systemName: name,
    useId,
    otherUseId,
    assessmentId: assessed.id,
    supplierId: supplier.id,
    modelId: model.id,
    importId: imported.id,
    importedSystemId: rows[0]!.id,
    sha256,
    ...(await people(deps, place, organisation)),
    ...(await besides(deps, place, organisation, system!.systemId)),
    ...(await consultationItems(deps.db, organisation)),
    ...(await boardItems(deps, keeper, organisation, facts)),
    ...(await adviceItems(deps, keeper, organisation, facts)),
    ...(await ruleItems(deps.db, organisation)),
    ...(await systemRuleItems(deps.db, organisation, system!.systemId)),
    ...(await procurementItems(deps, organisation, system!.systemId, rows[0]!.id)),
  }
}

const sheetOf = (place: string) =>
  ['番号,システム名称,目的・概要', `X-1,取り込んだ仕組み ${place},長い通知を短くまとめる。`, 'X-2,,名称がない。'].join(
    '\r\n',
  )

async function people({ db }: AppDeps, place: Place, organisation: MadeOrganisation) {
  const { personId } = await make.person(db, organisation, 'planner')
  const deputy = await make.person(db, organisation, 'user')
  const personName = `海野 ${place}`
  await sql`update person set name_ja = ${personName} where id = ${personId}`.execute(db)
  const held = await sql<{ id: string }>`select id from role_held where person_id = ${personId}`.execute(db)
  const [deputyId, tokenId] = [newId(), newId()]
  await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
    values (${deputyId}, ${held.rows[0]!.id}, ${deputy.personId}, ${organisation.id}, '2020-01-01', '2099-12-31', now(), ${founder})`.execute(
    db,
  )
  await sql`insert into api_token (id, person_id, role, organisation_id, name, scopes, token_hash, hint, created_at, expires_at)
    values (${tokenId}, ${personId}, 'planner', ${organisation.id}, ${place}, '{read}', ${`hash of ${place}`}, 'tnb_x', now(), now() + interval '30 days')`.execute(
    db,
  )
  return { personId, personName, roleHeldId: held.rows[0]!.id, deputyId, tokenId }
}

async function besides(deps: AppDeps, place: Place, organisation: MadeOrganisation, systemId: string) {
  const { db } = deps
  const [mapId, evidenceId, webhookId, deadJobId, holdId] = [newId(), newId(), newId(), newId(), newId()]
  const { sha256, bytes } = await deps.files.keep(Readable.from([Buffer.from(`証跡 ${place}`)]))
  await sql`insert into column_map (id, organisation_id, name, map, created_at, created_by, updated_at)
    values (${mapId}, ${organisation.id}, ${`map ${place}`}, ${JSON.stringify(deps.shipped[0]!.map)}::jsonb, now(), ${founder}, now())`.execute(
    db,
  )
  await sql`insert into evidence (id, organisation_id, item_kind, item_id, title, file_name, media_type, bytes, sha256, classification, added_at, added_by, added_role)
    values (${evidenceId}, ${organisation.id}, 'system', ${systemId}, '試験の結果', 'a.txt', 'text/plain', ${bytes}, ${sha256}, 'confidentiality-1', now(), ${founder}, 'planner')`.execute(
    db,
  )
  await sql`insert into webhook (id, organisation_id, url, events, state, created_at, created_by, updated_at, updated_by)
    values (${webhookId}, ${organisation.id}, 'https://hooks.example.go.jp/', '{system.changed}', 'active', now(), ${founder}, now(), ${founder})`.execute(
    db,
  )
  await sql`insert into webhook_secret (webhook_id, secret) values (${webhookId}, ${`secret of ${place}`})`.execute(db)
  await sql`insert into dead_job (id, name, organisation_id, payload, failure, tries, put_at, failed_at, state)
    values (${deadJobId}, 'notices.digest', ${organisation.id}, '{}'::jsonb, '{"code": "bug", "params": {}}'::jsonb, 3, now(), now(), 'open')`.execute(
    db,
  )
  await sql`insert into legal_hold (id, organisation_id, item_kind, item_id, because, placed_at, placed_by)
    values (${holdId}, ${organisation.id}, 'system', ${systemId}, '訴訟に備える。', now(), ${founder})`.execute(db)
  return { mapId, evidenceId, webhookId, deadJobId, holdId }
}
