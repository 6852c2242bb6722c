import { z } from 'zod'

import '#access/request.ts'
import type { Action } from '#access/model.ts'
import { todayOf } from '#access/office-day.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import type { EndSessionsDeps } from '#access/sessions/end-sessions.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import { amendTender } from './amend-tender.ts'
import {
  amendmentSchema,
  awardSchema,
  bidderChangeSchema,
  comparisonPageSchema,
  evaluateSchema,
  invitationSchema,
  itemId,
  madeLinkSchema,
  supplierContactSchema,
  tenderSchema,
} from './api.ts'
import { awardContract } from './award-contract.ts'
import { changeBidder, renewLink, revokeLink } from './change-bidder.ts'
import { evaluateAnswer } from './evaluate-answer.ts'
import { inviteBidder } from './invite-bidder.ts'
import { loadComparison } from './load-comparison.ts'
import { loadTender, supplierContacts } from './load-tender.ts'
import { linkWays } from './model.ts'
import { procurementAt } from './store.ts'

type Deps = ProcurementDeps & EndSessionsDeps
const tags = ['procurement']
const byId = z.strictObject({ id: z.uuid() })
const versionSchema = z.object({ version: z.int() })

export function plannerRoutes(app: App, deps: Deps): void {
  askingRoutes(app, deps)
  bidderRoutes(app, deps)
  comparisonRoutes(app, deps)
}

async function mayHere(deps: Deps, actor: Actor, id: string, action: Action): Promise<boolean> {
  const place = await procurementAt(deps.db, id)
  try {
    deps.may(actor, action, place)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

function askingRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/v1/procurements/:id/tender',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'The tender of a procurement: what was sent, to whom, and what changed since',
        params: byId,
        response: { 200: tenderSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      const { mostBidders, linkDaysAfterDeadline, provenance } = deps.tenders.rules
      return {
        ...(await loadTender(deps.db, id)),
        mailSent: deps.notices.mailSent,
        mostBidders,
        mostBiddersProvenance: provenance,
        linkDaysAfterDeadline,
        may: {
          invite: await mayHere(deps, request.actor, id, 'invite-suppliers'),
          evaluate: await mayHere(deps, request.actor, id, 'keep-procurement'),
        },
      }
    },
  )
  app.get(
    '/api/v1/procurements/:id/supplier-contacts',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'Contacts of a supplier who can sign in',
        params: byId,
        querystring: z.strictObject({ supplierId: z.uuid() }),
        response: { 200: z.object({ people: z.array(supplierContactSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'invite-suppliers', await procurementAt(deps.db, request.params.id))
      return { people: await supplierContacts(deps.db, request.query.supplierId, todayOf(deps)) }
    },
  )
  app.post(
    '/api/v1/procurements/:id/tender/amendments',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'Send what changed in the sheet to all bidders',
        params: byId,
        body: amendmentSchema,
        response: { 201: z.object({ sending: z.int() }) },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send(await amendTender(deps, request.actor, { procurementId: request.params.id, ...request.body })),
  )
}

function bidderRoutes(app: App, deps: Deps): void {
  app.post(
    '/api/v1/procurements/:id/bidders',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'Ask a supplier to answer; the link is in the answer once, where it is to be handed over',
        params: byId,
        body: invitationSchema,
        response: { 201: madeLinkSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .header('cache-control', 'no-store')
        .send(await inviteBidder(deps, request.actor, { procurementId: request.params.id, ...request.body })),
  )
  app.patch(
    '/api/v1/bidders/:id',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'Another deadline, withdraw a bidder, or take it back',
        params: byId,
        body: bidderChangeSchema,
        response: { 200: versionSchema },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request)
      const changed = await changeBidder(deps, request.actor, { id: request.params.id, version, ...request.body })
      return reply.header('etag', etagOf(changed.version)).send(changed)
    },
  )
  app.post(
    '/api/v1/bidders/:id/link',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'A new link in the place of the one before',
        params: byId,
        body: z.strictObject({ way: z.enum(linkWays) }),
        response: { 201: madeLinkSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .header('cache-control', 'no-store')
        .send(await renewLink(deps, request.actor, { id: request.params.id, way: request.body.way })),
  )
  app.delete(
    '/api/v1/bidders/:id/link',
    {
      config: { action: 'invite-suppliers' },
      schema: {
        tags,
        summary: 'The link opens nothing any more; who came by it is out',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeLink(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function comparisonRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/v1/procurements/:id/comparison',
    {
      config: { action: 'read-procurement' },
      schema: {
        tags,
        summary: 'Bidders side by side: what each handed in and how it was evaluated',
        params: byId,
        response: { 200: comparisonPageSchema },
      },
    },
    async (request, reply) => {
      const comparison = await loadComparison(deps.db, request.params.id)
      const evaluate = await mayHere(deps, request.actor, request.params.id, 'keep-procurement')
      return reply
        .header('etag', etagOf(comparison.procurement.version))
        .send({ ...comparison, may: { evaluate, award: evaluate } })
    },
  )
  app.put(
    '/api/v1/procurements/:id/evaluations/:bidder/:item',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Mark one answer of one bidder; If-Match "0" where it was not marked before',
        params: z.strictObject({ id: z.uuid(), bidder: z.uuid(), item: itemId }),
        body: evaluateSchema,
        response: { 200: versionSchema },
      },
    },
    async (request, reply) => {
      const { id: procurementId, bidder: bidderId, item } = request.params
      const input = { procurementId, bidderId, item, version: seenVersion(request), ...request.body }
      const marked = await evaluateAnswer(deps, request.actor, input)
      return reply.header('etag', etagOf(marked.version)).send(marked)
    },
  )
  app.post(
    '/api/v1/procurements/:id/award',
    {
      config: { action: 'keep-procurement' },
      schema: {
        tags,
        summary: 'Name the contract partner, with the reason',
        params: byId,
        body: awardSchema,
        response: { 200: versionSchema },
      },
    },
    async (request) =>
      awardContract(deps, request.actor, {
        procurementId: request.params.id,
        version: seenVersion(request),
        ...request.body,
      }),
  )
}
