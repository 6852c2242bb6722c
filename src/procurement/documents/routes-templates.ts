import { z } from 'zod'

import '#access/request.ts'
import type { App } from '#platform/http.ts'
import { sentFile } from '#platform/sent-file.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import { templateChoiceSchema, templatesPageSchema } from './api.ts'
import { addTemplate, chooseTemplate, listTemplates, templateToChange } from './keep-template.ts'
import { documentKinds, languages } from './model.ts'
import { sendMade } from './send-made.ts'
import { packageLimits } from './word/open-package.ts'

const tags = ['documents']
const slot = z.strictObject({ kind: z.enum(documentKinds), language: z.enum(languages) })

export function templateRoutes(app: App, deps: ProcurementDeps): void {
  app.get(
    '/api/v1/templates',
    {
      config: { action: 'manage-templates' },
      schema: {
        tags,
        summary: 'Templates of the own organisation, with history and what is in force',
        response: { 200: templatesPageSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'manage-templates')
      return listTemplates(deps, request.actor)
    },
  )
  app.get(
    '/api/v1/templates/:kind/:language',
    {
      config: { action: 'manage-templates' },
      schema: {
        tags,
        summary: 'A template to change in Word: one that was handed in, or that of the house',
        params: slot,
        querystring: z.strictObject({ template: z.uuid().optional() }),
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'manage-templates')
      return sendMade(reply, await templateToChange(deps, request.params, request.query.template))
    },
  )
  app.post(
    '/api/v1/templates/:kind/:language',
    {
      config: { action: 'manage-templates' },
      schema: {
        tags,
        summary: 'Hand in a template (multipart, one part with the file); it is checked, kept and in force',
        consumes: ['multipart/form-data'],
        params: slot,
        querystring: z.strictObject({ note: z.string().trim().max(500).default('') }),
        response: { 201: z.object({ id: z.uuid(), number: z.int() }) },
      },
    },
    async (request, reply) => {
      deps.may(request.actor, 'manage-templates')
      const sent = await sentFile(request, packageLimits.fileBytes)
      const given = { ...request.params, ...request.query, fileName: sent.filename, content: sent.file }
      return reply.status(201).send(await addTemplate(deps, request.actor, given))
    },
  )
  app.post(
    '/api/v1/templates/choice',
    {
      config: { action: 'manage-templates' },
      schema: {
        tags,
        summary: 'Use an earlier version of a template, or that of the house',
        body: templateChoiceSchema,
        response: { 200: z.object({ chosen: z.literal(true) }) },
      },
    },
    async (request) => {
      await chooseTemplate(deps, request.actor, request.body)
      return { chosen: true as const }
    },
  )
}
