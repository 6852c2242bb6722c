import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { EventType, Figures, ReportTexts, RiskCases, State } from './model.ts'

export type Stored = {
  readonly id: string
  readonly organisationId: string
  readonly organisationPath: string[]
  readonly organisationName: { ja: string; en: string }
  readonly period: string
  readonly from: string
  readonly to: string
  readonly dueOn: string
  readonly number: number
  readonly state: State
  readonly figures: Figures
  readonly figuresAt: string
  readonly texts: ReportTexts
  readonly riskCases: RiskCases | null
  readonly checkedAt: string | null
  readonly checkedBy: string | null
  readonly submittedAt: string | null
  readonly submittedBy: string | null
  readonly version: number
}

export async function reportById(db: Db, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select r.id, r.organisation_id as "organisationId", o.path as "organisationPath",
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as "organisationName", r.period, r.from_date as "from",
      r.to_date as "to", r.due_on as "dueOn", r.number, r.state, r.figures, r.figures_at as "figuresAt", r.texts,
      r.risk_cases as "riskCases", r.checked_at as "checkedAt", r.checked_by as "checkedBy",
      r.submitted_at as "submittedAt", r.submitted_by as "submittedBy", r.version
    from periodic_report r join organisation o on o.id = r.organisation_id where r.id = ${id}`.execute(db)
  return rows[0]
}

type New = Pick<Stored, 'id' | 'organisationId' | 'period' | 'from' | 'to' | 'dueOn' | 'number' | 'figures'> & {
  readonly texts?: ReportTexts
  readonly riskCases?: RiskCases | null
  readonly at: Date
  readonly by: string
  readonly demo?: boolean
}

export async function insertReport(db: Db, r: New): Promise<void> {
  const at = r.at.toISOString()
  await sql`insert into periodic_report (id, organisation_id, period, from_date, to_date, due_on, number, state, figures,
      figures_at, texts, risk_cases, demo, created_at, created_by, updated_at)
    values (${r.id}, ${r.organisationId}, ${r.period}, ${r.from}, ${r.to}, ${r.dueOn}, ${r.number}, 'draft',
      ${JSON.stringify(r.figures)}::jsonb, ${at}, ${JSON.stringify(r.texts ?? {})}::jsonb,
      ${r.riskCases ? JSON.stringify(r.riskCases) : null}::jsonb, ${r.demo ?? false}, ${at}, ${r.by}, ${at})`.execute(
    db,
  )
}

export type Changed = Partial<
  Pick<
    Stored,
    | 'state'
    | 'figures'
    | 'figuresAt'
    | 'texts'
    | 'riskCases'
    | 'checkedAt'
    | 'checkedBy'
    | 'submittedAt'
    | 'submittedBy'
  >
>

export async function saveReport(db: Db, before: Stored, changed: Changed, at: Date): Promise<void> {
  const now = { ...before, ...changed }
  await sql`update periodic_report set state = ${now.state}, figures = ${JSON.stringify(now.figures)}::jsonb,
      figures_at = ${now.figuresAt}, texts = ${JSON.stringify(now.texts)}::jsonb,
      risk_cases = ${now.riskCases ? JSON.stringify(now.riskCases) : null}::jsonb, checked_at = ${now.checkedAt},
      checked_by = ${now.checkedBy}, submitted_at = ${now.submittedAt}, submitted_by = ${now.submittedBy},
      version = version + 1, updated_at = ${at.toISOString()}
    where id = ${before.id}`.execute(db)
}

export type NewEvent = {
  readonly id: string
  readonly organisationId: string
  readonly itemId: string
  readonly at: Date
  readonly by: string
  readonly role: string
  readonly type: EventType
  readonly note?: string
  /** Canonical text of what was submitted. */
  readonly content?: string
}

export async function insertEvent(db: Db, e: NewEvent): Promise<void> {
  await sql`insert into report_event (id, organisation_id, item_id, at, actor_id, actor_role, type, note, content, digest)
    values (${e.id}, ${e.organisationId}, ${e.itemId}, ${e.at.toISOString()}, ${e.by}, ${e.role}, ${e.type},
      ${e.note ?? null}, ${e.content ?? null}::text,
      case when ${e.content ?? null}::text is null then null
        else encode(sha256(convert_to(${e.content ?? null}::text, 'UTF8')), 'hex') end)`.execute(db)
}
