import type { FastifyRequest } from 'fastify'

import { isLoopback } from '#access/sign-in/public-address.ts'
import { AppError } from '#platform/errors.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page of another site must not act with this person's cookie. Browsers say where a change comes from (Origin,
 * Sec-Fetch-Site) and no page can forge it; a change that brings the cookie and says nothing is refused too. API tokens
 * are not sent by a browser on its own, so they need none of this.
 * @param withCookie  the request is recognised by its cookie
 * @throws AppError `not-permitted` with `reason: 'foreign-origin'`
 */
export function refuseForeignPage(request: FastifyRequest, origin: string | undefined, withCookie: boolean): void {
  if (harmless.has(request.method)) return
  const { origin: said, host, 'sec-fetch-site': site } = request.headers
  const own = said === undefined ? undefined : origin === undefined ? URL.parse(said)?.host === host : said === origin
  const sameSite = site === undefined ? undefined : site === 'same-origin' || site === 'none'
  if (own === false || sameSite === false) throw refusal(said ?? null)
  if (withCookie && own === undefined && sameSite === undefined) throw refusal(null)
}

/**
 * A server that only this machine shall reach answers to the names of this machine: a page elsewhere can make its own name
 * lead here, and would then be taken for ours (DNS rebinding).
 * @throws AppError `not-permitted` with `reason: 'foreign-host'`
 */
export function refuseForeignName(host: string | undefined): void {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname ?? ''
  if (!isLoopback(name) && !name.endsWith('.localhost')) throw new AppError('not-permitted', { reason: 'foreign-host' })
}

const refusal = (origin: string | null) => new AppError('not-permitted', { reason: 'foreign-origin', origin })

/** An address back into the app: starts at the root, never leads to another host, and holds nothing that could split a header. */
export function ownPath(path: string | undefined): string {
  if (path === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\')) return '/'
  const url = URL.parse(path, 'http://own.invalid')
  // `/a/..//elsewhere` becomes `//elsewhere`, which a browser takes for another host.
  if (url?.origin !== 'http://own.invalid' || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
