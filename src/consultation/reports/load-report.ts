import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import type { FiguresNow, Report, ReportList } from './api.ts'
import { compareFigures } from './compare-figures.ts'
import { actionFor } from './compose-report.ts'
import { composeFigures } from './compose-figures.ts'
import { type Deed, deeds, workflow } from './model.ts'
import { periodsUntil } from './periods.ts'
import type { ReportRules } from './report-rules.ts'
import { reportById, type Stored } from './store.ts'

export type ReadReports = { readonly db: Db; readonly may: May; readonly now: Now; readonly reportRules: ReportRules }

type Row = {
  id: string
  organisationId: string
  period: string
  number: number
  state: Stored['state']
  submittedAt: string | null
}
type Owner = { id: string; name: { ja: string; en: string }; path: string[] }

/**
 * Reports by period and organisation. The Board is shown every ministry, also those that have submitted nothing; a
 * ministry is shown its own.
 */
export async function listReports(deps: ReadReports, actor: Actor): Promise<ReportList> {
  deps.may(actor, 'read-reports')
  const { period, shown } = deps.reportRules
  const today = todayInTokyo(deps.now())
  const periods = periodsUntil(period, today, shown.periods)
  const { rows: reports } = await sql<Row>`
    select id, organisation_id as "organisationId", period, number, state, submitted_at as "submittedAt"
    from periodic_report where period = any(${periods.map((one) => one.key)}::text[]) order by number desc`.execute(
    deps.db,
  )
  const owners = await loadOwners(deps.db, actor, [...new Set(reports.map((one) => one.organisationId))])
  return {
    periods: periods.map((one, i) => ({
      ...one,
      current: i === 0,
      rows: owners.map(({ path, ...organisation }) => {
        const own = reports.filter((r) => r.organisationId === organisation.id && r.period === one.key)
        return {
          organisation,
          reports: own.map(({ id, number, state, submittedAt }) => ({ id, number, state, submittedAt })),
          overdue: one.dueOn < today && !own.some((r) => r.state === 'submitted'),
          mayCompose: own.every((r) => r.state === 'submitted') && holds(deps, actor, 'compose-report', path),
        }
      }),
    })),
    rule: { provenance: period.provenance, source: period.source },
  }
}

async function loadOwners(db: Db, actor: Actor, reporting: readonly string[]): Promise<Owner[]> {
  const board = actor.role === 'board' || actor.role === 'secretariat'
  const { rows } = await sql<Owner>`
    select id, jsonb_build_object('ja', name_ja, 'en', name_en) as name, path from organisation
    where id = any(${[...reporting]}::uuid[]) or ${board ? sql`parent_id is null` : sql`id = ${actor.organisationId}`}
    order by code`.execute(db)
  return rows
}

function holds(
  { may }: ReadReports,
  actor: Actor,
  action: 'compose-report' | 'submit-report',
  path: string[],
): boolean {
  try {
    may(actor, action, { organisationPath: path })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

/** @throws AppError `not-found`, `not-permitted` */
export async function loadReport(deps: ReadReports, actor: Actor, id: string): Promise<Report> {
  deps.may(actor, 'read-reports')
  const stored = await reportById(deps.db, id)
  if (!stored) throw new AppError('not-found', { report: id })
  const around = await loadAround(deps.db, stored)
  const { organisationId, organisationName, organisationPath, period: key, from, to, dueOn, ...plain } = stored
  const latest = around.others.every((one) => one.number < stored.number)
  return {
    ...plain,
    ...around,
    organisation: { id: organisationId, name: organisationName },
    period: { key, from, to, dueOn },
    can: Object.fromEntries(deeds.map((deed) => [deed, allowed(deps, actor, stored, deed)])) as Report['can'],
    replaceable: stored.state === 'submitted' && latest && holds(deps, actor, 'compose-report', organisationPath),
  }
}

function allowed(deps: ReadReports, actor: Actor, stored: Stored, deed: Deed): Report['can'][Deed] {
  if (!holds(deps, actor, actionFor(deed), stored.organisationPath)) return { ok: false, because: 'not-permitted' }
  return deed in workflow[stored.state] ? { ok: true } : { ok: false, because: 'wrong-state' }
}

const personSql = (alias: string) => sql`case when ${sql.ref(`${alias}.id`)} is null then null else jsonb_build_object(
  'name', jsonb_build_object('ja', ${sql.ref(`${alias}.name_ja`)}, 'en', ${sql.ref(`${alias}.name_en`)}),
  'post', jsonb_build_object('ja', ${sql.ref(`${alias}.post_ja`)}, 'en', ${sql.ref(`${alias}.post_en`)})) end`

type Around = Pick<Report, 'checkedBy' | 'submittedBy' | 'digest' | 'others' | 'events'>

async function loadAround(db: Db, { id, organisationId, period }: Stored): Promise<Around> {
  const { rows } = await sql<Pick<Around, 'checkedBy' | 'submittedBy'>>`
    select ${personSql('c')} as "checkedBy", ${personSql('s')} as "submittedBy" from periodic_report r
    left join person c on c.id = r.checked_by left join person s on s.id = r.submitted_by where r.id = ${id}`.execute(
    db,
  )
  const { rows: others } = await sql<Around['others'][number]>`
    select id, number, state, submitted_at as "submittedAt" from periodic_report
    where organisation_id = ${organisationId} and period = ${period} and id <> ${id} order by number desc`.execute(db)
  const { rows: events } = await sql<Around['events'][number] & { digest: string | null }>`
    select e.id, e.at, e.type, ${personSql('p')} as by, e.actor_role as role, e.note, e.digest
    from report_event e left join person p on p.id = e.actor_id where e.item_id = ${id} order by e.at, e.id`.execute(db)
  return {
    ...rows[0]!,
    others,
    digest: events.find((one) => one.digest !== null)?.digest ?? null,
    events: events.map(({ digest: _digest, ...one }) => one),
  }
}

/** What recomputing the figures would change. @throws AppError `not-found`, `not-permitted` */
export async function figuresNow(deps: ReadReports, actor: Actor, id: string): Promise<FiguresNow> {
  deps.may(actor, 'compose-report')
  const stored = await reportById(deps.db, id)
  if (!stored) throw new AppError('not-found', { report: id })
  deps.may(actor, 'compose-report', { organisationPath: stored.organisationPath })
  const now = await composeFigures(deps.db, stored.organisationId, stored, todayInTokyo(deps.now()))
  return { at: deps.now().toISOString(), changes: compareFigures(stored.figures, now) }
}
