import { sql } from 'kysely'

import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { grantApplication, makeApplicationRole } from '#platform/isolation.ts'
import { migrate } from '#platform/migrate.ts'
import { applicationRole } from '#platform/scope.ts'
import { appOn } from '#test/app.ts'
import { as } from '#test/people.ts'
import { aProcurement, completeSheet, forCitizens } from '#test/procurement.ts'
import { askSupplier } from '#test/tenders.ts'

import { atMost, median, quantile, type Row } from './row.ts'

const bidders = 8
const times = 40
const limitMs = 50

/**
 * The page of a procurement with 21 items and 8 bidders, over HTTP as a planner, under row-level security: sheet, proposal
 * held against the register, answers with evaluations. On PostgreSQL too where TENBIN_TEST_POSTGRES names one.
 */
export async function* bench(): AsyncGenerator<Row> {
  yield* pageOn(await openEmbeddedDatabase())
  const address = process.env['TENBIN_TEST_POSTGRES']
  if (address === undefined) return
  const name = `tenbin_bench_${process.pid}`
  const admin = await openPostgres(address, { max: 1 })
  await sql.raw(`create database ${name} encoding 'UTF8' template template0`).execute(admin.db)
  yield* pageOn(await openPostgres(address.replace(/\/[^/?]*(\?|$)/, `/${name}$1`), { max: 4, role: applicationRole }))
  await sql.raw(`drop database ${name}`).execute(admin.db)
  await admin.close()
}

async function* pageOn(database: Database): AsyncGenerator<Row> {
  await migrate(database.db)
  await makeApplicationRole(database.db, applicationRole)
  await grantApplication(database.db, applicationRole)
  const made = await aProcurement(database, forCitizens)
  await sql`update check_item set included = true, decided_at = now(), decided_by = ${made.planner.personId}
    where procurement_id = ${made.id}`.execute(database.db)
  await completeSheet(database, made)
  for (let n = 0; n < bidders; n++) await askSupplier(database, made, n)
  await answerEverything(database, made.planner.personId)
  const { app } = await appOn(database)
  const ask = await as(app, made.planner)
  const spent: number[] = []
  for (let n = 0; n < times + 5; n++) {
    const from = performance.now()
    const answer = await ask('GET', `/api/v1/procurements/${made.id}`)
    if (n >= 5) spent.push(performance.now() - from)
    const page = answer.json<{ bidders: unknown[]; cells: Record<string, object>; sheet: { items: unknown[] } }>()
    const cells = Object.values(page.cells).reduce((sum, cell) => sum + Object.keys(cell).length, 0)
    if (page.bidders.length !== bidders || page.sheet.items.length !== 27 || cells !== bidders * 21)
      throw new Error(`the page has ${page.bidders.length} bidders and ${cells} cells`)
  }
  yield atMost(
    `sheet of 21 items with ${bidders} bidders, page data, p50, ${database.engine}`,
    median(spent),
    limitMs,
    'ms',
  )
  const slow = quantile(spent, 0.95)
  yield { ...atMost(`the same, p95, ${database.engine}`, slow, limitMs, 'ms'), target: 'none set', pass: null }
  await app.close()
  await database.close()
}

/** Each bidder has answered, handed in and been judged on every item. */
async function answerEverything({ db }: Database, by: string): Promise<void> {
  const text = '要件のとおり対応します。'.repeat(20)
  await sql`update bidder_answer a set fulfils = 'yes', text = ${text}, tender_item_id = i.id from tender_item i
    where i.procurement_id = a.procurement_id and i.item = a.item`.execute(db)
  await sql`insert into handed_answer (id, answer_id, bidder_id, procurement_id, system_id, organisation_id, supplier_id,
      handing_in, item, fulfils, text, tender_item_id, evidence, at)
    select gen_random_uuid(), a.id, a.bidder_id, a.procurement_id, b.system_id, a.organisation_id, a.supplier_id, 1, a.item,
      a.fulfils, a.text, a.tender_item_id, '{}', now() from bidder_answer a join bidder b on b.id = a.bidder_id`.execute(
    db,
  )
  await sql`update bidder set handed_in = 1, handed_in_at = now(), state = 'handed-in'`.execute(db)
  await sql`insert into evaluation (bidder_id, item, procurement_id, system_id, organisation_id, mark, reason, handing_in, at, by)
    select a.bidder_id, a.item, a.procurement_id, b.system_id, a.organisation_id, 'meets', '証跡で確かめた。', 1, now(), ${by}
    from bidder_answer a join bidder b on b.id = a.bidder_id`.execute(db)
}
