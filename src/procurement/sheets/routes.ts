import { z } from 'zod'

import '#access/request.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import type { App } from '#platform/http.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import type { ProcurementDeps } from '#procurement/deps.ts'

import { sheetSchema } from './api.ts'
import { procurementListSchema } from './api-lists.ts'
import { sheetPageSchema } from './api-page.ts'
import { acceptProposals, decideItem } from './decide-items.ts'
import { editItem, itemEditSchema } from './edit-item.ts'
import { listProcurements } from './list-procurements.ts'
import { loadPage } from './load-page.ts'
import { reasonSchema, titleSchema } from './model.ts'
import { moveProcurement } from './move-procurement.ts'
import { openProcurement } from './open-procurement.ts'
import { renewProposal } from './renew-proposal.ts'
import { proofRoutes } from './routes-proofs.ts'
import { sheetWaits } from './waits.ts'
import { states } from './workflow.ts'

const tags = ['procurement']
const byId = z.strictObject({ id: z.uuid() })
const byItem = z.strictObject({ id: z.uuid(), item: z.string().max(40) })
const commaList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(states)))

type Deps = ProcurementDeps & ProcurementDeps['checkSheets']

export function sheetRoutes(app: App, given: ProcurementDeps): void {
  const deps = { ...given, ...given.checkSheets }
  listRoutes(app, deps)
  itemRoutes(app, deps)
  deedRoutes(app, deps)
  proofRoutes(app, deps)
}

function listRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/v1/procurements',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'Procurements, newest first, with counts and what waits; and systems that need one',
        querystring: z.strictObject({
          state: commaList.optional(),
          system: z.uuid().optional(),
          waits: z.enum(sheetWaits).optional(),
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: procurementListSchema },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-procurement')
      const { system, ...query } = request.query
      return listProcurements(deps.db, { ...query, systemId: system, today: todayInTokyo(deps.now()) })
    },
  )
  app.post(
    '/api/v1/procurements',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Open a procurement for a system; the items are proposed from the register',
        body: z.strictObject({ systemId: z.uuid(), title: titleSchema.optional() }),
        response: { 201: z.object({ id: z.uuid(), number: z.string() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await openProcurement(deps, request.actor, request.body)),
  )
  app.get(
    '/api/v1/procurements/:id',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'The thread from requirement to proof of one procurement, both sheets and the columns of the bidders',
        params: byId,
        response: { 200: sheetPageSchema },
      },
    },
    async (request, reply) => {
      const page = await loadPage(deps, request.actor, request.params.id)
      return reply.header('etag', etagOf(page.sheet.version)).send(page)
    },
  )
}

function itemRoutes(app: App, deps: Deps): void {
  app.put(
    '/api/v1/procurements/:id/items/:item/decision',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Include an item, leave it out with a reason, or take the decision back',
        params: byItem,
        body: z.strictObject({ included: z.boolean().nullable(), reason: reasonSchema.optional() }),
        response: { 200: sheetSchema },
      },
    },
    async (request) =>
      decideItem(deps, request.actor, { ...request.params, ...request.body, version: seenVersion(request) }),
  )
  app.patch(
    '/api/v1/procurements/:id/items/:item',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Change the texts of an item; what is not named stays',
        params: byItem,
        body: itemEditSchema,
        response: { 200: sheetSchema },
      },
    },
    async (request) =>
      editItem(deps, request.actor, { ...request.params, edit: request.body, version: seenVersion(request) }),
  )
}

function deedRoutes(app: App, deps: Deps): void {
  app.post(
    '/api/v1/procurements/:id/accept',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Accept all proposals on which nobody has decided yet',
        params: byId,
        response: { 200: sheetSchema },
      },
    },
    async (request) => acceptProposals(deps, request.actor, request.params.id),
  )
  app.post(
    '/api/v1/procurements/:id/renew',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Take over what the rules propose now; decisions and texts stay',
        params: byId,
        response: { 200: sheetSchema },
      },
    },
    async (request) => renewProposal(deps, request.actor, request.params.id),
  )
  app.post(
    '/api/v1/procurements/:id/state',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Take a procurement to another state',
        params: byId,
        body: z.strictObject({ to: z.enum(states), reason: reasonSchema.optional() }),
        response: { 200: sheetSchema },
      },
    },
    async (request) =>
      moveProcurement(deps, request.actor, { ...request.params, ...request.body, version: seenVersion(request) }),
  )
}
