import { sql } from 'kysely'

import type { Figures } from '#consultation/reports/model.ts'
import { periodsUntil } from '#consultation/reports/periods.ts'
import { loadReportRules } from '#consultation/reports/report-rules.ts'
import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import type { MadeOrganisation } from '#test/people.ts'

const founder = '00000000-0000-7000-8000-00000000000f'

const figures: Figures = {
  systems: 0,
  uses: 0,
  byStage: [],
  notReported: { verdict: 0, stage: 0 },
  movements: { added: [], changed: [], retired: [] },
  highRisk: [],
  overrides: [],
  effect: { uses: 0, expectedHours: 0, expectedKnown: 0, measuredHours: 0, measuredKnown: 0, notMeasured: 0 },
  conditions: { open: 0, reported: 0, met: 0, withdrawn: 0, overdue: 0 },
}

/** Questions and reports of one organisation, one in each state, so that every deed can be done but for the right to it. */
export async function consultationItems(db: Db, organisation: MadeOrganisation) {
  const question = async (state: string, answered = false) => {
    const id = newId()
    await sql`insert into consultation (id, organisation_id, number, subject, question, state, asked_at, asked_by, holder_id,
        deadline, deadline_by, waiting_since, answered_at, created_at, created_by, updated_at)
      values (${id}, ${organisation.id}, ${state === 'draft' ? null : `CD-X-${id.slice(-8)}`}, '保存期間', '何日ですか。', ${state},
        now(), ${founder}, null, '2099-01-01', 'rule', now(), ${answered ? new Date().toISOString() : null}, now(), ${founder}, now())`.execute(
      db,
    )
    return id
  }
  const { period } = loadReportRules(fromRoot('presets/periodic-report.yaml'))
  const periods = periodsUntil(period, todayInTokyo(new Date()), 4)
  const report = async (state: string, period: string) => {
    const id = newId()
    await sql`insert into periodic_report (id, organisation_id, period, from_date, to_date, due_on, number, state, figures,
        figures_at, created_at, created_by, updated_at)
      values (${id}, ${organisation.id}, ${period}, '2020-03-01', '2020-08-31', '2020-09-10', 1, ${state},
        ${JSON.stringify(figures)}::jsonb, now(), now(), ${founder}, now()) on conflict do nothing`.execute(db)
    // Two places of the matrix may lie in one organisation; its report is one.
    const { rows } = await sql<{ id: string }>`select id from periodic_report
      where organisation_id = ${organisation.id} and period = ${period}`.execute(db)
    return rows[0]!.id
  }
  const answeredQuestionId = await question('answered', true)
  const entryId = newId()
  await sql`insert into publication (consultation_id, title, question, answer, updated_at, updated_by)
    values (${answeredQuestionId}, '保存期間', '何日ですか。', '30日です。', now(), ${founder})`.execute(db)
  await sql`insert into collection_entry (id, kind, number, title, question, answer, published_at, published_by, search_key, grams)
    values (${entryId}, 'answer', ${`CA-X-${entryId.slice(-8)}`}, '保存期間', '何日ですか。', '30日です。', now(), ${founder}, '保存期間', '{}')`.execute(
    db,
  )
  return {
    draftQuestionId: await question('draft'),
    questionId: await question('asked'),
    takenQuestionId: await question('taken'),
    answeredQuestionId,
    entryId,
    /** The current one, for which nothing is there yet. */
    reportPeriod: periods[0]!.key,
    submittedReportId: await report('submitted', periods[1]!.key),
    draftReportId: await report('draft', periods[2]!.key),
    checkedReportId: await report('checked', periods[3]!.key),
  }
}
