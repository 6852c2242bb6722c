import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { seenVersion } from '#access/request.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { App } from '#platform/http.ts'

import { meetingInputSchema, meetingSchema, scheduleSchema, seatInputSchema, seatSchema } from './api.ts'
import { addMeeting, changeMeeting, listMeetings, scheduleCase } from './meetings.ts'
import { addSeat, allSeats, candidates, changeSeat } from './seats.ts'

const tags = ['board']
const one = z.strictObject({ id: z.uuid() })
const made = z.object({ id: z.uuid() })
const done = z.object({ ok: z.literal(true) })

/** What the secretariat keeps: meetings, agendas, seats. */
export function docketRoutes(app: App, deps: ConsultationDeps): void {
  meetingRoutes(app, deps)
  seatRoutes(app, deps)
}

function meetingRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/meetings',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Meetings of the Board with the cases on their agenda that one may see',
        response: { 200: z.object({ items: z.array(meetingSchema) }) },
      },
    },
    async () => ({ items: await listMeetings(deps.db) }),
  )
  app.post(
    '/api/v1/board/meetings',
    {
      config: { action: 'keep-docket' },
      schema: { tags, summary: 'Set a meeting', body: meetingInputSchema, response: { 201: made } },
    },
    async (request, reply) => reply.status(201).send(await addMeeting(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/board/meetings/:id',
    {
      config: { action: 'keep-docket' },
      schema: {
        tags,
        summary: 'Change a meeting (If-Match)',
        params: one,
        body: meetingInputSchema,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params
      await changeMeeting(deps, request.actor, { id, version: seenVersion(request), meeting: request.body })
      return { ok: true as const }
    },
  )
  app.put(
    '/api/v1/board/cases/:id/meeting',
    {
      config: { action: 'keep-docket' },
      schema: {
        tags,
        summary: 'Put a case on the agenda of a meeting, or take it off',
        params: one,
        body: scheduleSchema,
        response: { 200: done },
      },
    },
    async (request) => {
      await scheduleCase(deps, request.actor, { ...request.params, ...request.body })
      return { ok: true as const }
    },
  )
}

function seatRoutes(app: App, deps: ConsultationDeps): void {
  app.get(
    '/api/v1/board/seats',
    {
      config: { action: 'read-docket' },
      schema: {
        tags,
        summary: 'Who sits on the Board, and who could',
        response: {
          200: z.object({
            items: z.array(seatSchema),
            candidates: z.array(z.object({ personId: z.uuid(), name: nameSchema, post: nameSchema })),
          }),
        },
      },
    },
    async (request) => ({
      items: await allSeats(deps.db),
      candidates: request.actor.role === 'secretariat' ? await candidates(deps) : [],
    }),
  )
  app.post(
    '/api/v1/board/seats',
    {
      config: { action: 'keep-docket' },
      schema: { tags, summary: 'Give a seat', body: seatInputSchema, response: { 201: made } },
    },
    async (request, reply) => reply.status(201).send(await addSeat(deps, request.actor, request.body)),
  )
  app.patch(
    '/api/v1/board/seats/:id',
    {
      config: { action: 'keep-docket' },
      schema: {
        tags,
        summary: 'Change a seat, or end it (If-Match)',
        params: one,
        body: seatInputSchema.omit({ personId: true }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params
      await changeSeat(deps, request.actor, { id, version: seenVersion(request), seat: request.body })
      return { ok: true as const }
    },
  )
}
