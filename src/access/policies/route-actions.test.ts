import { expect, it } from 'vitest'

import type { App } from '#platform/http.ts'
import { createHttp } from '#platform/http.ts'
import { rights } from '#test/rights.ts'

import { askRouteAction, declareRouteActions, routesOf } from './route-actions.ts'

const server = async (): Promise<App> => {
  const app = await createHttp({
    maxUploadBytes: 1000,
    onBug: (error) => {
      throw error
    },
  })
  declareRouteActions(app, (address) => address === '/assets/page.js')
  return app
}
const handler = async () => 'done'

it.each([
  ['nothing', {}],
  ['an action that is not there', { action: 'fly' }],
  ['that it is open, without a reason', { open: true }],
  ['both', { action: 'read-register', open: true, why: 'because' }],
])('a route that declares %s cannot be registered', async (_name, config) => {
  const app = await server()
  expect(() => app.get('/api/v1/new', { config: config as object }, handler)).toThrow('declares no action')
})

it('a route that declares its action, or why it is open, stands in the table; a file of the web app does not', async () => {
  const app = await server()
  app.get('/api/v1/new', { config: { action: 'read-register' } }, handler)
  app.get('/open', { config: { open: true, why: 'because' } }, handler)
  app.get('/assets/page.js', handler)
  expect(routesOf(app).filter(({ method }) => method === 'GET')).toEqual([
    { method: 'GET', url: '/api/v1/new', declared: { action: 'read-register' } },
    { method: 'GET', url: '/open', declared: { open: true, why: 'because' } },
  ])
})

it('the role is asked before the input is looked at, and nobody is asked to sign in first', async () => {
  const app = await server()
  let role = ''
  app.decorateRequest('actor', { getter: () => ({ personId: role === '' ? '' : 'p', role, organisationId: 'o' }) })
  askRouteAction(app, rights.may)
  app.post('/api/v1/new', { config: { action: 'change-system' } }, handler)
  const asked = async (as: string) => {
    role = as
    const broken = { method: 'POST', url: '/api/v1/new', headers: { 'content-type': 'application/json' }, payload: '{' }
    return (await app.inject(broken as never)).statusCode
  }
  expect([await asked(''), await asked('auditor'), await asked('planner')]).toEqual([401, 403, 400])
})
