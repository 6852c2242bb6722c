import type { RouteOptions } from 'fastify'

import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'

import type { May } from '#access/may.ts'
import { type Action, actions } from '#access/model.ts'
import '#access/request.ts'

/** What a route says of itself: the action it takes, or that it is open, with the reason. */
export type Declared = { readonly action: Action } | { readonly open: true; readonly why: string }

/** @returns what the route declared, or nothing where it says neither or both */
export function declaredOf(config: { action?: unknown; open?: unknown; why?: unknown } = {}): Declared | undefined {
  const { action, open, why } = config
  const known = actions.find((one) => one === action)
  if (open === true) return action === undefined && typeof why === 'string' && why !== '' ? { open, why } : undefined
  return known === undefined ? undefined : { action: known }
}

export type DeclaredRoute = { readonly method: string; readonly url: string; readonly declared: Declared }
const declaredRoutes = new WeakMap<object, DeclaredRoute[]>()

/** Every route of a server, in the order in which they were registered: the table that the access matrix is made from. */
export const routesOf = (app: App): readonly DeclaredRoute[] => declaredRoutes.get(app) ?? []

/**
 * Makes a route that does not say who may call it fail when it is registered, and with it the start and every test that
 * opens the server. To be called before any route is registered.
 * @param isFile  tells the addresses of the built web app, which is the same for everybody
 */
export function declareRouteActions(app: App, isFile: (address: string) => boolean): void {
  const routes: DeclaredRoute[] = []
  declaredRoutes.set(app, routes)
  app.addHook('onRoute', (route) => {
    if (isFile(route.url)) return
    const declared = declaredOf(route.config)
    if (!declared)
      throw new Error(`${String(route.method)} ${route.url} declares no action: config: { action } or { open, why }`)
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, declared })
    // Told in the OpenAPI document.
    route.schema = { ...route.schema, ...told(declared) } as RouteOptions['schema'] & object
  })
}

const told = (declared: Declared) =>
  'action' in declared ? { 'x-action': declared.action } : { 'x-open': declared.why }

/**
 * Asks, before anything of a request is read, whether the role may take the action of the route at all; so a refusal comes
 * before a complaint about the input. Whether it may be done to this item, the use case asks.
 */
export function askRouteAction(app: App, may: May): void {
  app.addHook('onRequest', async (request) => {
    const { action } = request.routeOptions.config
    if (action === undefined) return
    if (request.actor.personId === '') throw new AppError('not-signed-in')
    may(request.actor, action)
  })
}
