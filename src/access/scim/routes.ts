import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { AccessDeps } from '#access/deps.ts'
import { AppError, statusOf } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import { baseOf } from './base.ts'
import { groupRoutes } from './routes-groups.ts'
import { userRoutes } from './routes-users.ts'
import { resourceSchema, urn } from './model.ts'

const media = 'application/scim+json'
const tags = ['provisioning']

/**
 * SCIM 2.0 below `/scim/v2`, for the identity management of a ministry: with an API token of scope `provision`, for the
 * organisation of the token and what lies below it. Everything goes through the use cases that people use.
 */
export function scimRoutes(root: App, deps: AccessDeps, forget: (personId: string) => void): void {
  void root.register(async (plain) => {
    const app = plain as unknown as App
    app.addContentTypeParser(media, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
    app.addHook('onSend', async (_request, reply) => void reply.header('content-type', `${media}; charset=utf-8`))
    app.setErrorHandler(sendFault)
    configRoutes(app)
    userRoutes(app, deps, forget)
    groupRoutes(app, deps, forget)
  })
}

function configRoutes(app: App): void {
  app.get(
    '/scim/v2/ServiceProviderConfig',
    {
      config: { action: 'provision' },
      schema: { tags, summary: 'What is spoken of SCIM here (RFC 7643 §5)', response: { 200: resourceSchema } },
    },
    async (request) => ({
      schemas: [urn.config],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: true },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: 'API token', description: 'Authorization: Bearer tnb_…, scope provision' },
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseOf(request)}/ServiceProviderConfig` },
    }),
  )
  app.get(
    '/scim/v2/ResourceTypes',
    {
      config: { action: 'provision' },
      schema: { tags, summary: 'Users, and roles as groups (RFC 7643 §6)', response: { 200: z.looseObject({}) } },
    },
    async () => ({
      schemas: [urn.list],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
      Resources: [typeOf('User', '/Users', urn.user), typeOf('Group', '/Groups', urn.group)],
    }),
  )
}

const typeOf = (id: string, endpoint: string, schema: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id,
  name: id,
  endpoint,
  schema,
  ...(id === 'User' ? { schemaExtensions: [{ schema: urn.enterprise, required: false }] } : {}),
})

/** RFC 7644 §3.12. What nobody expected goes on to the handler of the whole server, which keeps it to itself. */
function sendFault(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  const known = faultOf(error)
  if (!known) throw error
  return reply
    .status(known.status)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ schemas: [urn.error], ...known, status: String(known.status) })
}

function faultOf(error: unknown): { status: number; scimType?: string; detail: string } | undefined {
  if (!(error instanceof AppError)) {
    const { validation, statusCode, message } = error as {
      validation?: unknown[]
      statusCode?: number
      message: string
    }
    if (validation) return { status: 400, scimType: 'invalidSyntax', detail: message }
    return statusCode !== undefined && statusCode < 500 ? { status: statusCode, detail: message } : undefined
  }
  const { scimType, detail, reason, field, what } = error.params
  const words = [error.code, detail ?? reason ?? field ?? what].filter((one) => typeof one === 'string').join(': ')
  if (typeof scimType === 'string') return { status: 400, scimType, detail: words }
  if (error.code === 'already-exists') return { status: 409, scimType: 'uniqueness', detail: words }
  if (error.code === 'bad-input') return { status: 400, scimType: 'invalidValue', detail: words }
  return { status: statusOf[error.code], detail: words }
}
