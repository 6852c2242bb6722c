import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { canonicalJson } from '#catalog/digest.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import type { WriteReport } from './api.ts'
import { composeFigures } from './compose-figures.ts'
import { type Deed, type EventType, workflow } from './model.ts'
import { type Period, periodsUntil } from './periods.ts'
import type { ReportRules } from './report-rules.ts'
import { type Changed, insertEvent, insertReport, reportById, saveReport, type Stored } from './store.ts'

export type ReportDeps = { readonly tx: RunTx; readonly may: May; readonly reportRules: ReportRules }
type Seen = { readonly id: string; readonly version: number }

/**
 * Begins the report of an organisation for a period: figures from the register as it is now, with the texts of the version
 * it replaces. Source: DS-920 v1.0, caio-08.
 * @throws AppError `not-found` (organisation), `bad-input` for a period that has not begun, `not-permitted`,
 *   `already-exists` while one is open
 */
export function composeReport(
  deps: ReportDeps,
  actor: Actor,
  input: { period: string; organisationId?: string | undefined },
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const organisationId = input.organisationId ?? actor.organisationId
    const { rows } = await sql<{ path: string[] }>`select path from organisation where id = ${organisationId}`.execute(
      t.db,
    )
    if (!rows[0]) throw new AppError('not-found', { organisation: organisationId })
    deps.may(actor, 'compose-report', { organisationPath: rows[0].path })
    const period = periodOf(deps.reportRules, input.period, t.at)
    const before = await latestOf(t, organisationId, period.key)
    if (before && before.state !== 'submitted') throw new AppError('already-exists', { report: before.id })
    const id = t.newId()
    await insertReport(t.db, {
      id,
      organisationId,
      period: period.key,
      from: period.from,
      to: period.to,
      dueOn: period.dueOn,
      number: (before?.number ?? 0) + 1,
      figures: await composeFigures(t.db, organisationId, period, todayInTokyo(t.at)),
      ...(before ? { texts: before.texts, riskCases: before.riskCases } : {}),
      at: t.at,
      by: actor.personId,
    })
    await tell(t, { id, organisationId }, 'composed')
    return { id }
  })
}

/** @throws AppError `bad-input` for a period that has not begun or that the rule does not know */
export function periodOf({ period }: ReportRules, key: string, at: Date): Period {
  const known = periodsUntil(period, todayInTokyo(at), 12 * period.starts.length)
  const found = known.find((one) => one.key === key)
  if (!found) throw new AppError('bad-input', { field: 'period', known: known.map((one) => one.key) })
  return found
}

async function latestOf(t: Tx, organisation: string, period: string): Promise<Stored | undefined> {
  const { rows } = await sql<{ id: string }>`select id from periodic_report
    where organisation_id = ${organisation} and period = ${period} order by number desc limit 1`.execute(t.db)
  return rows[0] && reportById(t.db, rows[0].id)
}

async function tell(
  t: Tx,
  report: Pick<Stored, 'id' | 'organisationId'>,
  type: EventType,
  more: { note?: string; content?: string } = {},
): Promise<void> {
  const { id: itemId, organisationId } = report
  const { personId: by, role } = t.actor
  await insertEvent(t.db, { id: t.newId(), organisationId, itemId, at: t.at, by, role, type, ...more })
  await t.append({ type: `report.${type}`, itemKind: 'periodic-report', itemId, organisationId })
}

const actionOf = {
  write: 'compose-report',
  recompute: 'compose-report',
  check: 'submit-report',
  'send-back': 'submit-report',
  submit: 'submit-report',
} as const satisfies Record<Deed, 'compose-report' | 'submit-report'>
export const actionFor = (deed: Deed): 'compose-report' | 'submit-report' => actionOf[deed]

/** What every deed on a report has in common. @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` */
function doDeed(
  deps: ReportDeps,
  actor: Actor,
  which: Seen & { deed: Deed },
  work: (before: Stored, t: Tx) => Changed | Promise<Changed>,
  after: (now: Stored, t: Tx) => Promise<void>,
): Promise<void> {
  return deps.tx(actor, async (t) => {
    await lockRows(t.db, 'periodic_report', [which.id])
    const before = await reportById(t.db, which.id)
    if (!before) throw new AppError('not-found', { report: which.id })
    deps.may(actor, actionOf[which.deed], { organisationPath: before.organisationPath })
    if (before.version !== which.version) throw new AppError('changed-meanwhile', { now: before.version })
    const row: Partial<Record<Deed, Stored['state']>> = workflow[before.state]
    const to = row[which.deed]
    if (to === undefined) throw new AppError('wrong-state', { report: which.id, state: before.state, deed: which.deed })
    await saveReport(t.db, before, { ...(await work(before, t)), state: to }, t.at)
    await after((await reportById(t.db, which.id))!, t)
  })
}

/**
 * Keeps what the office wrote and what it entered about risk cases.
 * @throws AppError `bad-input` for a count without its source: figures of a report say where they come from
 */
export function writeReport(deps: ReportDeps, actor: Actor, which: Seen, input: WriteReport): Promise<void> {
  const { texts, riskCases } = input
  if (riskCases !== null && riskCases.count !== null && riskCases.source === '')
    throw new AppError('bad-input', { field: 'riskCases.source', reason: 'missing' })
  return doDeed(
    deps,
    actor,
    { ...which, deed: 'write' },
    () => ({ texts, riskCases }),
    (now, t) => tell(t, now, 'written'),
  )
}

/** Counts anew; until then the figures stay as they were. */
export function recomputeReport(deps: ReportDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(
    deps,
    actor,
    { ...which, deed: 'recompute' },
    async (before, t) => ({
      figures: await composeFigures(t.db, before.organisationId, before, todayInTokyo(t.at)),
      figuresAt: t.at.toISOString(),
    }),
    (now, t) => tell(t, now, 'recomputed'),
  )
}

export function checkReport(deps: ReportDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(
    deps,
    actor,
    { ...which, deed: 'check' },
    (_before, t) => ({ checkedAt: t.at.toISOString(), checkedBy: actor.personId }),
    (now, t) => tell(t, now, 'checked'),
  )
}

export function sendBackReport(deps: ReportDeps, actor: Actor, which: Seen & { note: string }): Promise<void> {
  return doDeed(
    deps,
    actor,
    { ...which, deed: 'send-back' },
    () => ({ checkedAt: null, checkedBy: null }),
    (now, t) => tell(t, now, 'sent-back', { note: which.note }),
  )
}

/** Submits a checked report to the Board: from now on it stands as it is, and is replaced only by a new version. */
export function submitReport(deps: ReportDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(
    deps,
    actor,
    { ...which, deed: 'submit' },
    (_before, t) => ({ submittedAt: t.at.toISOString(), submittedBy: actor.personId }),
    async (now, t) => {
      await tell(t, now, 'submitted', { content: contentOf(now) })
      await t.emit({ type: 'report.submitted', payload: { report: now.id } })
    },
  )
}

/** What the Board got, as canonical JSON: the same content gives the same hash. */
export function contentOf(report: Stored): string {
  const { organisationId, organisationName, period, from, to, number, figures, figuresAt, texts, riskCases } = report
  return canonicalJson({
    organisationId,
    organisationName,
    period,
    from,
    to,
    number,
    figures,
    figuresAt,
    texts,
    riskCases,
  })
}

/** That somebody has opened a submitted report; for their own list of what waits. */
export function markReportRead(deps: ReportDeps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'read-reports')
    if (!(await reportById(t.db, id))) throw new AppError('not-found', { report: id })
    await sql`insert into report_read (report_id, person_id, at) values (${id}, ${actor.personId}, ${t.at.toISOString()})
      on conflict do nothing`.execute(t.db)
  })
}
