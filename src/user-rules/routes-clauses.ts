import { z } from 'zod'

import '#access/request.ts'
import type { Action } from '#access/model.ts'
import { seenVersion } from '#access/request.ts'
import type { Actor } from '#audit/transaction.ts'
import type { App } from '#platform/http.ts'

import {
  clauseChangeBody,
  type VersionDetail,
  versionDetailSchema,
  moveBody,
  newClauseBody,
  reasonBody,
} from './api.ts'
import type { UserRulesDeps } from './deps.ts'
import { changeClause, confirmMeaning, removeClause, restoreClause } from './edit-clause.ts'
import { clauseIdSchema, type Level } from './model.ts'
import { addClause, moveClause } from './place-clause.ts'
import { versionDetail } from './version-detail.ts'

const tags = ['user-rules']
const answers = { response: { 200: versionDetailSchema } }
const ofClause = z.strictObject({ id: z.uuid(), clause: clauseIdSchema })

/** The right of the role is asked before anything is read, so the level stands in the address. */
const places = [
  ['ministry', '/api/v1/ministry-rules/versions/:id/clauses'],
  ['system', '/api/v1/system-rules/versions/:id/clauses'],
] as const satisfies readonly (readonly [Level, string])[]

export function clauseRoutes(app: App, deps: UserRulesDeps): void {
  for (const [level, base] of places) {
    const config: { action: Action } = { action: `write-${level}-rule` }
    const detail = (actor: Actor, id: string): Promise<VersionDetail> => versionDetail(deps, actor, id)
    const at = (params: { id: string; clause: string }, seen: number) => {
      return { versionId: params.id, clauseId: params.clause, seen }
    }
    app.post(
      base,
      {
        config,
        schema: {
          tags,
          summary: 'Add a clause to a draft',
          params: z.strictObject({ id: z.uuid() }),
          body: newClauseBody,
          response: { 201: z.object({ id: clauseIdSchema }) },
        },
      },
      async (request, reply) =>
        reply.status(201).send(await addClause(deps, request.actor, request.params.id, request.body)),
    )
    app.patch(
      `${base}/:clause`,
      {
        config,
        schema: { tags, summary: 'Change what a clause says', params: ofClause, body: clauseChangeBody, ...answers },
      },
      async (request) => {
        const to = Object.fromEntries(Object.entries(request.body).filter(([, value]) => value !== undefined))
        await changeClause(deps, request.actor, at(request.params, seenVersion(request)), to)
        return detail(request.actor, request.params.id)
      },
    )
    app.post(
      `${base}/:clause/same-meaning`,
      {
        config,
        schema: { tags, summary: 'Say that both languages of a clause say the same', params: ofClause, ...answers },
      },
      async (request) => {
        await confirmMeaning(deps, request.actor, at(request.params, seenVersion(request)))
        return detail(request.actor, request.params.id)
      },
    )
    app.post(
      `${base}/:clause/move`,
      { config, schema: { tags, summary: 'Move a clause', params: ofClause, body: moveBody, ...answers } },
      async (request) => {
        await moveClause(deps, request.actor, at(request.params, seenVersion(request)), request.body)
        return detail(request.actor, request.params.id)
      },
    )
    app.post(
      `${base}/:clause/remove`,
      {
        config,
        schema: { tags, summary: 'Take a clause out, with the reason', params: ofClause, body: reasonBody, ...answers },
      },
      async (request) => {
        await removeClause(deps, request.actor, at(request.params, seenVersion(request)), request.body.because)
        return detail(request.actor, request.params.id)
      },
    )
    app.post(
      `${base}/:clause/restore`,
      { config, schema: { tags, summary: 'Put a clause back that was taken out', params: ofClause, ...answers } },
      async (request) => {
        await restoreClause(deps, request.actor, at(request.params, seenVersion(request)))
        return detail(request.actor, request.params.id)
      },
    )
  }
}
