import { z } from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import {
  casesOfSystemSchema,
  casesPageSchema,
  caseDetailSchema,
  draftPartSchema,
  missingSchema,
  newCaseSchema,
  toConsultSchema,
  withdrawSchema,
} from './api.ts'
import { casesOfSystem } from './cases-of-system.ts'
import { exportCase } from './export-case.ts'
import { listCases, toConsult } from './list-cases.ts'
import { loadCase } from './load-case.ts'
import { caseStates, partInputSchema, partSchema } from './model.ts'
import { prepareCase } from './prepare-case.ts'
import { deliberationRoutes } from './routes-deliberation.ts'
import { docketRoutes } from './routes-docket.ts'
import { savePart } from './save-part.ts'
import { submitDossier } from './submit-dossier.ts'
import { resumeCase, withdrawCase } from './withdraw-case.ts'

const tags = ['board']
const one = z.strictObject({ id: z.uuid() })
const done = z.object({ ok: z.literal(true) })
const listed = z
  .string()
  .transform((text) => text.split(',').filter((code) => code !== ''))
  .pipe(z.array(z.enum(caseStates)))

export function boardRoutes(app: App, deps: ConsultationDeps): void {
  listRoutes(app, deps)
  readRoutes(app, deps)
  writingRoutes(app, deps)
  submittingRoutes(app, deps)
  deliberationRoutes(app, deps)
  docketRoutes(app, deps)
}

function listRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/cases',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Cases of the Advisory Board that one may see, the one that moved last first',
        querystring: z.strictObject({
          state: listed.optional(),
          waits: z.string().max(40).optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
          cursor: z.string().max(200).optional(),
        }),
        response: { 200: casesPageSchema },
      },
    },
    async (request) => listCases(deps.db, request.actor, request.query),
  )
  app.get(
    '/api/v1/board/to-consult',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Systems whose verdict says to consult the Board and that were never brought to it',
        response: { 200: toConsultSchema },
      },
    },
    async () => toConsult(deps.db),
  )
  app.get(
    '/api/v1/systems/:id/board-cases',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Cases of one system, and whether its verdict asks for one',
        params: one,
        response: { 200: casesOfSystemSchema },
      },
    },
    async (request) => casesOfSystem(deps, request.actor, request.params.id),
  )
}

function readRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/cases/:id',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'A case as far as it is open to who asks; the attempt of a recused member is recorded',
        params: one,
        response: { 200: caseDetailSchema },
      },
    },
    async (request, reply) => {
      const detail = await loadCase(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(detail.version)).send(detail)
    },
  )
  app.get(
    '/api/v1/board/cases/:id/file',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'The whole case as a ZIP: dossier, readable page, deliberation, evidence, hashes',
        params: one,
        querystring: z.strictObject({ language: z.enum(['ja', 'en']).default('ja') }),
      },
    },
    async (request, reply) => {
      const { fileName, content } = await exportCase(deps, request.actor, { ...request.params, ...request.query })
      return reply
        .header('content-type', 'application/zip')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(content))
    },
  )
}

function writingRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/board/cases',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Begin a case for a system',
        body: newCaseSchema,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const made = await prepareCase(deps, request.actor, request.body)
      return reply.status(201).header('location', `/api/v1/board/cases/${made.id}`).send(made)
    },
  )
  app.put(
    '/api/v1/board/cases/:id/parts/:part',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Write one part of the dossier (If-Match: version of the part)',
        params: z.strictObject({ id: z.uuid(), part: partSchema }),
        body: partInputSchema,
        response: { 200: draftPartSchema },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request)
      const saved = await savePart(deps, request.actor, { ...request.params, version, content: request.body })
      return reply.header('etag', etagOf(saved.version)).send(saved)
    },
  )
}

function submittingRoutes(app: App, deps: ConsultationDeps): void {
  app.post(
    '/api/v1/board/cases/:id/submit',
    {
      config: { action: 'submit-dossier' },
      schema: {
        tags,
        summary: 'Consult the Board: freeze the dossier (If-Match: version of the case)',
        params: one,
        response: {
          200: z.discriminatedUnion('ok', [
            z.object({ ok: z.literal(true), number: z.string(), digest: z.string() }),
            z.object({ ok: z.literal(false), missing: z.array(missingSchema) }),
          ]),
        },
      },
    },
    async (request) => {
      const input = { id: request.params.id, version: seenVersion(request) }
      const submitted = await submitDossier(deps, request.actor, input)
      return submitted.ok ? submitted : { ok: false as const, missing: [...submitted.missing] }
    },
  )
  app.post(
    '/api/v1/board/cases/:id/withdraw',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Take a case back, with the reason (If-Match)',
        params: one,
        body: withdrawSchema,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params
      await withdrawCase(deps, request.actor, { id, version: seenVersion(request), ...request.body })
      return { ok: true as const }
    },
  )
  app.post(
    '/api/v1/board/cases/:id/resume',
    {
      config: { action: 'prepare-dossier' },
      schema: {
        tags,
        summary: 'Take up a withdrawn case again, for a new version of its dossier (If-Match)',
        params: one,
        response: { 200: done },
      },
    },
    async (request) => {
      await resumeCase(deps, request.actor, { id: request.params.id, version: seenVersion(request) })
      return { ok: true as const }
    },
  )
}
