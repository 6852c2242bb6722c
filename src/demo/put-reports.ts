import { z } from 'zod'

import { type Tx, txOver } from '#audit/transaction.ts'
import { composeFigures } from '#consultation/reports/compose-figures.ts'
import { contentOf } from '#consultation/reports/compose-report.ts'
import { riskCasesSchema, textsSchema } from '#consultation/reports/model.ts'
import { periodsUntil } from '#consultation/reports/periods.ts'
import { loadReportRules } from '#consultation/reports/report-rules.ts'
import { insertEvent, insertReport, reportById, saveReport } from '#consultation/reports/store.ts'
import type { NewId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'

import { idOf } from './ids.ts'
import { actorOf, momentOf } from './put-consultations.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
export const reportSchema = z.strictObject({
  key: z.string(),
  for: z.string(),
  period: z.string(),
  office: z.string(),
  caio: z.string(),
  composed: moment,
  submitted: moment.optional(),
  texts: textsSchema,
  risk: riskCasesSchema.optional(),
})
type DemoReport = z.infer<typeof reportSchema>

/** Periodic reports, with figures of the demonstration's own register. */
export async function putReports(t: Tx, newId: NewId, content: Content): Promise<void> {
  const { period } = loadReportRules(fromRoot('presets/periodic-report.yaml'))
  for (const report of content.consultation.reports) {
    const on = report.composed.slice(0, 10)
    const found = periodsUntil(period, on, 4).find((one) => one.key === report.period)
    if (!found) throw new Error(`demo/consultation.yaml: ${report.key} has no such period`)
    const { key, ...days } = found
    const organisationId = idOf(`organisation ${report.for}`)
    const figures = await composeFigures(t.db, organisationId, found, on)
    const office = actorOf(content, report.office, 'caio-office')
    const id = idOf(`report ${report.key}`)
    const at = momentOf(report.composed)
    const { texts, risk: riskCases = null } = report
    await insertReport(t.db, {
      ...days,
      id,
      organisationId,
      period: key,
      number: 1,
      figures,
      texts,
      riskCases,
      at,
      by: office.personId,
      demo: true,
    })
    await insertEvent(t.db, {
      id: newId(),
      organisationId,
      itemId: id,
      at,
      by: office.personId,
      role: office.role,
      type: 'composed',
    })
    const then = txOver(t.db, { actor: office, at, newId })
    await then.append({ type: 'report.composed', itemKind: 'periodic-report', itemId: id, organisationId })
    if (report.submitted !== undefined) await submit(t, newId, content, { ...report, submitted: report.submitted })
  }
}

async function submit(
  t: Tx,
  newId: NewId,
  content: Content,
  report: DemoReport & { submitted: string },
): Promise<void> {
  const caio = actorOf(content, report.caio, 'caio')
  const at = momentOf(report.submitted)
  const before = (await reportById(t.db, idOf(`report ${report.key}`)))!
  const done = { checkedAt: at.toISOString(), checkedBy: caio.personId }
  const submitted = { submittedAt: at.toISOString(), submittedBy: caio.personId }
  await saveReport(t.db, before, { ...done, ...submitted, state: 'submitted' }, at)
  const { id: itemId, organisationId } = before
  const event = { organisationId, itemId, at, by: caio.personId, role: caio.role }
  const now = (await reportById(t.db, itemId))!
  await insertEvent(t.db, { ...event, id: newId(), type: 'checked' })
  await insertEvent(t.db, { ...event, id: newId(), type: 'submitted', content: contentOf(now) })
  const then = txOver(t.db, { actor: caio, at, newId })
  await then.append([
    { type: 'report.checked', itemKind: 'periodic-report', itemId, organisationId },
    { type: 'report.submitted', itemKind: 'periodic-report', itemId, organisationId },
  ])
}
