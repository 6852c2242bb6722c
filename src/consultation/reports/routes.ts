import * as z from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import { composeSchema, figuresNowSchema, reportListSchema, reportSchema, sendBackSchema, writeSchema } from './api.ts'
import {
  checkReport,
  composeReport,
  markReportRead,
  recomputeReport,
  sendBackReport,
  submitReport,
  writeReport,
} from './compose-report.ts'
import { figuresNow, listReports, loadReport } from './load-report.ts'
import { makeReportFile } from './make-report-file.ts'

const tags = ['consultation']
const params = z.strictObject({ id: z.uuid() })
const response = { 200: reportSchema }

export function reportRoutes(app: App, deps: ConsultationDeps): void {
  readRoutes(app, deps)
  readMark(app, deps)
  fileRoute(app, deps)
  officeDeeds(app, deps)
  caioDeeds(app, deps)
}

function readRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/reports',
    {
      config: { action: 'read-reports' },
      schema: {
        tags,
        summary: 'Periodic reports by period and organisation, also those not submitted',
        response: { 200: reportListSchema },
      },
    },
    async (request) => listReports(deps, request.actor),
  )
  app.get(
    '/api/v1/reports/:id',
    { config: { action: 'read-reports' }, schema: { tags, summary: 'A periodic report', params, response } },
    async (request, reply) => {
      const report = await loadReport(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(report.version)).send(report)
    },
  )
  app.get(
    '/api/v1/reports/:id/figures-now',
    {
      config: { action: 'compose-report' },
      schema: {
        tags,
        summary: 'What recomputing the figures would change',
        params,
        response: { 200: figuresNowSchema },
      },
    },
    async (request) => figuresNow(deps, request.actor, request.params.id),
  )
}

function readMark(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/reports/:id/read',
    {
      config: { action: 'read-reports' },
      schema: { tags, summary: 'One has opened a submitted report', params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await markReportRead(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function fileRoute(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/reports/:id/file',
    {
      config: { action: 'read-reports' },
      schema: {
        tags,
        summary: 'The report as a workbook (xlsx)',
        params,
        querystring: z.strictObject({ language: z.enum(['ja', 'en']).default('ja') }),
      },
    },
    async (request, reply) => {
      const report = await loadReport(deps, request.actor, request.params.id)
      const name = `report-${report.period.key}-${report.number}.xlsx`
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Buffer.from(await makeReportFile(report, request.query.language)))
    },
  )
}

function officeDeeds(app: App, deps: ConsultationDeps): void {
  const config = { action: 'compose-report' } as const
  app.post(
    '/api/v1/reports',
    {
      config,
      schema: {
        tags,
        summary: 'Begin the report of a period, or a new version of a submitted one',
        body: composeSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await composeReport(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/reports/:id',
    {
      config,
      schema: { tags, summary: 'Keep texts and what was entered by hand', params, body: writeSchema, response },
    },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await writeReport(deps, request.actor, which, request.body)
      return loadReport(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/reports/:id/recompute',
    { config, schema: { tags, summary: 'Compute the figures anew', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await recomputeReport(deps, request.actor, which)
      return loadReport(deps, request.actor, which.id)
    },
  )
}

function caioDeeds(app: App, deps: ConsultationDeps): void {
  const config = { action: 'submit-report' } as const
  app.post(
    '/api/v1/reports/:id/check',
    { config, schema: { tags, summary: 'Say that the report was checked', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await checkReport(deps, request.actor, which)
      return loadReport(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/reports/:id/send-back',
    {
      config,
      schema: { tags, summary: 'Send a checked report back to the office', params, body: sendBackSchema, response },
    },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request), ...request.body }
      await sendBackReport(deps, request.actor, which)
      return loadReport(deps, request.actor, which.id)
    },
  )
  app.post(
    '/api/v1/reports/:id/submit',
    { config, schema: { tags, summary: 'Submit a checked report to the Board', params, response } },
    async (request) => {
      const which = { id: request.params.id, version: seenVersion(request) }
      await submitReport(deps, request.actor, which)
      return loadReport(deps, request.actor, which.id)
    },
  )
}
