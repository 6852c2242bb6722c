import type { FastifyReply } from 'fastify'
import { z } from 'zod'

import type { May } from '#access/may.ts'
import { etagOf, seenVersion } from '#access/request.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { App } from '#platform/http.ts'

import { addUse } from './add-use.ts'
import {
  newSystemSchema,
  newUseSchema,
  stageMovedSchema,
  stageMoveSchema,
  systemChangeSchema,
  type SystemDetail,
  systemDetailSchema,
} from './api.ts'
import { changeSystem } from './change-system.ts'
import { moveStage } from './move-stage.ts'
import { registerSystem } from './register-system.ts'
import { removeUse } from './remove-use.ts'
import { bulkRoutes } from './routes-bulk.ts'
import { listRoutes } from './routes-lists.ts'
import { nameRoutes } from './routes-names.ts'
import type { StageGate } from './stage-gate.ts'
import { readSystem } from './system-detail.ts'

export type RegisterDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly stageGate: StageGate
}

const tags = ['register']
const one = z.strictObject({ id: z.uuid() })

/** All routes of the register but those of files (`spreadsheet/`, import and export). */
export function registerRoutes(app: App, deps: RegisterDeps): void {
  listRoutes(app, deps)
  systemRoutes(app, deps)
  useRoutes(app, deps)
  nameRoutes(app, deps)
  bulkRoutes(app, deps)
}

const answer = (reply: FastifyReply, system: SystemDetail, status: 200 | 201 = 200) =>
  reply.status(status).header('etag', etagOf(system.version)).send(system)

function systemRoutes(app: App, deps: RegisterDeps): void {
  app.post(
    '/api/v1/systems',
    {
      config: { action: 'register-system' },
      schema: {
        tags,
        summary: 'Register an AI system and its uses',
        body: newSystemSchema,
        response: { 201: systemDetailSchema },
      },
    },
    async (request, reply) => {
      const system = await registerSystem(deps, request.actor, request.body)
      return answer(reply.header('location', `/api/v1/systems/${system.id}`), system, 201)
    },
  )
  app.get(
    '/api/v1/systems/:id',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'An AI system as its page shows it',
        params: one,
        response: { 200: systemDetailSchema },
      },
    },
    async (request, reply) => answer(reply, await readSystem(deps, request.actor, request.params.id)),
  )
  app.patch(
    '/api/v1/systems/:id',
    {
      config: { action: 'change-system' },
      schema: {
        tags,
        summary: 'Replace facts one by one (If-Match)',
        params: one,
        body: systemChangeSchema,
        response: { 200: systemDetailSchema },
      },
    },
    async (request, reply) => {
      const input = { id: request.params.id, version: seenVersion(request), change: request.body }
      return answer(reply, await changeSystem(deps, request.actor, input))
    },
  )
}

function useRoutes(app: App, deps: RegisterDeps): void {
  app.post(
    '/api/v1/systems/:id/uses',
    {
      config: { action: 'register-system' },
      schema: {
        tags,
        summary: 'Join a known system with a use of its own (If-Match)',
        params: one,
        body: newUseSchema,
        response: { 201: systemDetailSchema },
      },
    },
    async (request, reply) => {
      const input = { id: request.params.id, version: seenVersion(request), ...request.body }
      return answer(reply, await addUse(deps, request.actor, input), 201)
    },
  )
  app.delete(
    '/api/v1/systems/:id/uses/:useId',
    {
      config: { action: 'change-system' },
      schema: {
        tags,
        summary: 'Take away a use that was entered by mistake (If-Match)',
        params: z.strictObject({ id: z.uuid(), useId: z.uuid() }),
        response: { 200: systemDetailSchema },
      },
    },
    async (request, reply) =>
      answer(reply, await removeUse(deps, request.actor, { ...request.params, version: seenVersion(request) })),
  )
  app.post(
    '/api/v1/systems/:id/stage',
    {
      config: { action: 'change-stage' },
      schema: {
        tags,
        summary: 'Take a system to another stage, or learn why not (If-Match)',
        params: one,
        body: stageMoveSchema,
        response: { 200: stageMovedSchema },
      },
    },
    async (request, reply) => {
      const input = { id: request.params.id, version: seenVersion(request), ...request.body }
      const moved = await moveStage(deps, request.actor, input)
      return (moved.ok ? reply.header('etag', etagOf(moved.system.version)) : reply).send(moved)
    },
  )
}
