import { z } from 'zod'

import '#access/request.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { sentFile } from '#platform/sent-file.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'
import { limits } from '#register/spreadsheet/limits.ts'

import {
  documentQuery,
  type DocumentsPage,
  documentsPageSchema,
  formPreviewSchema,
  formQuery,
  plannerForms,
  takeFormSchema,
  takenFormSchema,
} from './api.ts'
import { makeForm } from './load-form.ts'
import { makeDocument, stampsOf } from './make-document.ts'
import { documentKinds } from './model.ts'
import { previewForm } from './preview-form.ts'
import { templateRoutes } from './routes-templates.ts'
import { sendMade } from './send-made.ts'
import { madeOf, takenOf } from './store.ts'
import { takeForm } from './take-form.ts'

const tags = ['documents']
const byId = z.strictObject({ id: z.uuid() })
const byKind = z.strictObject({ id: z.uuid(), kind: z.enum(documentKinds) })
const bySheet = z.strictObject({ id: z.uuid(), sheet: z.enum(plannerForms) })

export function documentRoutes(app: App, deps: ProcurementDeps): void {
  makingRoutes(app, deps)
  formRoutes(app, deps)
  templateRoutes(app, deps)
}

function makingRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/procurements/:id/documents',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'What documents of a procurement can be made, and which were made of which version',
        params: byId,
        response: { 200: documentsPageSchema },
      },
    },
    async (request) => loadDocuments(deps, request.actor, request.params.id),
  )
  app.get(
    '/api/v1/procurements/:id/documents/:kind',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'Make a document as Word or PDF with the template in force',
        params: byKind,
        querystring: documentQuery,
      },
    },
    async (request, reply) => {
      const { internal, ...query } = request.query
      const wanted = { ...request.params, ...query, internal: internal === 'yes' }
      return sendMade(reply, await makeDocument(deps, request.actor, wanted))
    },
  )
}

async function loadDocuments(deps: ProcurementDeps, actor: Actor, id: string): Promise<DocumentsPage> {
  deps.may(actor, 'read-procurement')
  const sheet = await loadSheet(deps.db, id)
  const stamps = await stampsOf(deps, id)
  return {
    procurement: { id, number: sheet.number, title: sheet.title },
    stamps: stamps.map(({ kind, stamp }) => ({ kind, ...stamp })),
    made: await madeOf(deps.db, id),
    taken: await takenOf(deps.db, id),
    pdf: deps.convertToPdf !== undefined,
    bidders: (await loadComparison(deps.db, id)).bidders.length,
    may: { take: holds(() => deps.may(actor, 'keep-procurement', { organisationPath: sheet.organisation.path })) },
  }
}

function holds(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

function formRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/procurements/:id/sheets/:sheet.xlsx',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'A sheet as a workbook to fill in, with lists of choices and locked ids',
        params: bySheet,
        querystring: formQuery,
      },
    },
    async (request, reply) =>
      sendMade(reply, await makeForm(deps, request.actor, { ...request.params, ...request.query })),
  )
  app.post(
    '/api/v1/procurements/:id/sheets/:sheet/preview',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Hand in a filled workbook (multipart, one part with the file) and see what it would change',
        consumes: ['multipart/form-data'],
        params: bySheet,
        response: { 200: formPreviewSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'keep-procurement')
      const sent = await sentFile(request, limits.fileBytes)
      return previewForm(deps, request.actor, { ...request.params, fileName: sent.filename, content: sent.file })
    },
  )
  app.post(
    '/api/v1/procurements/:id/sheets/:sheet/take',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Take what was shown of a filled workbook, all of it or nothing',
        params: bySheet,
        body: takeFormSchema,
        response: { 200: takenFormSchema },
      },
    },
    async (request) => takeForm(deps, request.actor, { ...request.params, ...request.body }),
  )
}
