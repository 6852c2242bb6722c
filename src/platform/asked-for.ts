import type { FastifyRequest } from 'fastify'

/**
 * The route that answers, as a pattern; the address itself where no route or the page of the web app does. What depends on
 * the address must ask here: one address can be written in several ways (`/%61pi/v1/uses` is `/api/v1/uses`).
 */
export function askedFor(request: FastifyRequest): string {
  const pattern = request.routeOptions.url
  return pattern === undefined || pattern === '/*' ? request.url.split('?', 1)[0]! : pattern
}
