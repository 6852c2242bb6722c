import { basename } from 'node:path'

import { actions, roles } from '#access/model.ts'
import type { App } from '#platform/http.ts'

import { type PoliciesAnswer, policiesSchema } from './api.ts'
import type { Rights } from './rights.ts'

export function policyRoutes(app: App, { rights }: { readonly rights: Rights }): void {
  // Policies change with a start of the server only.
  let answer: PoliciesAnswer | undefined
  app.get(
    '/api/v1/policies',
    {
      config: { action: 'read-rules' },
      schema: {
        tags: ['access'],
        summary: 'Who may do what: the policies, what they come to for each role, and how far each role reads',
        response: { 200: policiesSchema },
      },
    },
    async () => (answer ??= answerOf(rights)),
  )
}

const answerOf = (rights: Rights): PoliciesAnswer => ({
  actions: actions.map((action) => ({ action, roles: [...rights.rolesFor(action)] })),
  breadths: roles.map((role) => ({ role, ...rights.breadthOf({ role }) })),
  // Which folder the server reads is no business of the page.
  policies: rights.policies.map((policy) => ({ ...policy, file: basename(policy.file) })),
})
