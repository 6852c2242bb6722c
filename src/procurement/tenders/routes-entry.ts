import type { Signing } from '#access/routes.ts'
import { deviceOf } from '#access/sessions/device-words.ts'
import { leaveBehind } from '#access/sessions/routes.ts'
import type { App } from '#platform/http.ts'

import { enteredSchema, enterSchema } from './api.ts'
import { enterByLink } from './enter-by-link.ts'

/** The link of an invitation: its token is posted, so that it stands in no address that anybody writes down. */
export function entryRoutes(app: App, signing: Signing): void {
  app.post(
    '/api/v1/tenders/enter',
    {
      config: { open: true, signIn: true, why: 'the link of an invitation opens a session before anybody is known' },
      schema: {
        tags: ['tenders'],
        summary: 'Enter by the link of an invitation',
        body: enterSchema,
        response: { 200: enteredSchema },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const device = deviceOf(request.headers['user-agent'])
      const { tender, token } = await enterByLink(signing, { token: request.body.token, device })
      await leaveBehind(signing, signing.cookies.read(request))
      signing.cookies.set(reply, token, signing.sessionLimits.absoluteMs)
      return { tender }
    },
  )
}
