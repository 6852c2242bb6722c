import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'
import { sentFile } from '#platform/sent-file.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { languages } from '#procurement/documents/excel/model.ts'
import { sendMade } from '#procurement/documents/send-made.ts'
import { limits } from '#register/spreadsheet/limits.ts'

import { makeAnswerForm, previewAnswers, takeAnswers } from './answer-form.ts'
import { answerFormPreviewSchema, takeAnswersSchema } from './api.ts'

const tags = ['tenders']
const byId = z.strictObject({ id: z.uuid() })

/** The own answers as a workbook: out, filled, shown, taken. */
export function answerFormRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/tenders/:id/answers.xlsx',
    {
      config: { action: 'read-tender' },
      schema: {
        tags,
        summary: 'The own answers as a workbook to fill in',
        params: byId,
        querystring: z.strictObject({ language: z.enum(languages).default('ja') }),
      },
    },
    async (request, reply) =>
      sendMade(reply, await makeAnswerForm(deps, request.actor, { ...request.params, ...request.query })),
  )
  app.post(
    '/api/v1/tenders/:id/answers/preview',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'What a filled workbook would change; stores nothing',
        consumes: ['multipart/form-data'],
        params: byId,
        response: { 200: answerFormPreviewSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'answer-tender')
      const sent = await sentFile(request, limits.fileBytes)
      const bytes = await buffer(sent.file)
      return previewAnswers(deps, request.actor, { ...request.params, fileName: sent.filename.slice(0, 200), bytes })
    },
  )
  app.post(
    '/api/v1/tenders/:id/answers/take',
    {
      config: { action: 'answer-tender' },
      schema: {
        tags,
        summary: 'Take what was shown of a filled workbook as drafts, all of it or nothing',
        params: byId,
        body: takeAnswersSchema,
        response: { 200: z.object({ taken: z.int() }) },
      },
    },
    async (request) => takeAnswers(deps, request.actor, { tender: request.params.id, ...request.body }),
  )
}
