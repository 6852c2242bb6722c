import type { May } from '#access/may.ts'
import type { Rights } from '#access/policies/rights.ts'
import type { Actor } from '#audit/transaction.ts'
import { textIn } from '#catalog/model-texts.ts'
import type { ReportRules } from '#consultation/reports/report-rules.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import type { Wait } from '#register/waits.ts'

import type { Filter, NavigationCounts, Overview, Waiting } from './api.ts'
import {
  type Cell,
  loadAbsences,
  loadCells,
  loadNavigationCounts,
  loadOrganisations,
  loadWaits,
  type Waits,
} from './store.ts'
import { byField, byOrganisation, byStage, effectOf, fieldRows, rowOf } from './tables.ts'
import { waitSources } from './wait-sources.ts'

export type OverviewDeps = {
  readonly db: Db
  readonly may: May
  readonly rights: Pick<Rights, 'mayAll'>
  readonly now: Now
  readonly editions: Editions
  readonly reportRules: ReportRules
}

type WaitDeps = Pick<OverviewDeps, 'db' | 'now' | 'reportRules'>

/**
 * Where an organisation and everything below it stands.
 * @throws AppError `not-found` for an organisation that is not there
 */
export async function loadOverview(
  deps: Omit<OverviewDeps, 'rights'>,
  actor: Actor,
  organisation: string,
): Promise<Overview> {
  deps.may(actor, 'read-register')
  const nodes = await loadOrganisations(deps.db, organisation)
  const root = nodes[0]
  if (!root) throw new AppError('not-found', { organisation })
  const cells = await loadCells(deps.db, organisation)
  const waits = await loadWaits(deps.db, organisation)
  const base: Filter = { organisation }
  const total = rowOf('total', cells.stage, base)
  return {
    at: deps.now().toISOString(),
    organisation: { id: root.id, name: root.name, kind: root.kind },
    uses: total.total,
    systems: waits.systems,
    edition: editionNow(deps.editions),
    waiting: [...waitingFor(waits, base), ...(await waitsOf(deps, actor, organisation))],
    byStage: byStage(cells.stage, base),
    byOrganisation: byOrganisation(cells.organisation, nodes),
    byField: byField(cells.field, base),
    total,
    stale: { count: waits.stale, filter: { ...base, stale: 'yes' } },
    notReported: {
      verdict: total.counts['not-reported'],
      ofAll: total.total.count,
      inOperation: notReportedInOperation(cells.stage, base),
      fields: fieldRows(await loadAbsences(deps.db, organisation), total.total.count, base),
    },
    effect: effectOf(cells.field, base),
  }
}

function notReportedInOperation(cells: readonly Cell[], base: Filter) {
  const operating = cells.filter((c) => c.key === 'operation')
  return rowOf('operation', operating, { ...base, 'f.stage': 'operation' }).counts['not-reported']
}

/** In the order in which the office asks for them; what nobody waits for is left out. */
function waitingFor(w: Waits, base: Filter): Waiting[] {
  const all: Omit<Waiting, 'screen'>[] = [
    {
      who: 'caio',
      what: 'confirm-verdict',
      count: w.confirm,
      oldest: w.confirmSince,
      filter: { ...base, verdict: 'consult-board', judged: 'no' },
    },
    {
      who: 'planner',
      what: 'answer-finder',
      count: w.undecided,
      oldest: w.undecidedSince,
      filter: { ...base, verdict: 'cannot-decide' },
    },
    { who: 'planner', what: 'judge-again', count: w.stale, oldest: w.staleSince, filter: { ...base, stale: 'yes' } },
    {
      who: 'bureau',
      what: 'report-verdict',
      count: w.unreported,
      oldest: w.unreportedSince,
      filter: { ...base, verdict: 'not-reported' },
    },
  ]
  return all.filter((one) => one.count > 0).map((one) => ({ ...one, screen: 'register' }))
}

/** The rooms tell what waits where one's own role is held: nothing of it is said of another organisation. */
async function waitsOf(deps: WaitDeps, actor: Actor, organisation: string): Promise<Waiting[]> {
  if (organisation !== actor.organisationId) return []
  return (await allWaits(deps, actor)).map((wait) => ({ ...wait, filter: { ...wait.filter } }))
}

function editionNow(editions: Editions): Overview['edition'] {
  const { catalog, edition, content } = editions.inForce()
  return { catalog, edition, title: { ja: textIn(content.title, 'ja'), en: textIn(content.title, 'en') } }
}

/** The figures beside the navigation, of the organisation for which the person acts. */
export async function navigationCounts(deps: OverviewDeps, actor: Actor): Promise<NavigationCounts> {
  const { 'read-register': reads } = deps.rights.mayAll(actor)
  const counts = reads ? await loadNavigationCounts(deps.db, actor.organisationId) : {}
  const mine = (await allWaits(deps, actor)).filter((wait) => wait.who === actor.role)
  const waits: NavigationCounts['waits'] = {}
  for (const { screen, count } of mine) waits[screen] = (waits[screen] ?? 0) + count
  return { ...counts, waits }
}

/** One after the other: on the embedded engine they would only queue. */
async function allWaits({ db, now, reportRules }: WaitDeps, actor: Actor): Promise<Wait[]> {
  const waits: Wait[] = []
  for (const source of waitSources({ reportRules })) waits.push(...(await source(db, actor, now())))
  return waits
}
