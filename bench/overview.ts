import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import { may } from '#test/rights.ts'
import { editionsOf } from '#finder/editions.ts'
import { loadReportRules } from '#consultation/reports/report-rules.ts'
import { loadOverview } from '#overview/load-overview.ts'
import { openEmbeddedDatabase } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'

import { benchOrganisations, fillRegister } from './register-support.ts'
import { atMost, median, type Row } from './row.ts'

const uses = 2000
const times = 30

/** The overview of a ministry that has all the uses, asked again and again on the embedded database. */
export async function* bench(): AsyncGenerator<Row> {
  const database = await openEmbeddedDatabase()
  const { db } = database
  await migrate(db)
  const everybody = await benchOrganisations(db)
  // The bureaus of the first ministry only, so that its overview counts every use.
  const bench = { ...everybody, organisations: everybody.organisations.slice(0, 8) }
  await fillRegister(db, bench, 0, uses)
  const { library } = loadLibrary(['catalogs'])
  const deps = {
    db,
    may,
    now: () => new Date(),
    editions: editionsOf(library, entryInForce(['catalogs'], library, 'finder')),
    reportRules: loadReportRules('presets/periodic-report.yaml'),
  }
  const ask = () => loadOverview(deps, bench.actor, bench.actor.organisationId)
  const { uses: counted } = await ask()
  if (counted.count !== uses) throw new Error(`the overview counts ${counted.count} of ${uses} uses`)
  const spent: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await ask()
    spent.push(performance.now() - from)
  }
  yield atMost(`overview of ${uses.toLocaleString('en')} uses, p50`, median(spent), 100, 'ms')
  await database.close()
}
