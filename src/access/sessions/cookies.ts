import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Names and attributes of the cookies. With an address of https they are `Secure` and carry the prefix `__Host-`, so that
 * no other host of the same domain can plant one (RFC 6265bis, section 4.1.3.2).
 */
export type Cookies = ReturnType<typeof cookiesFor>

export function cookiesFor(origin: string | undefined) {
  const secure = origin?.startsWith('https:') === true
  const prefix = secure ? '__Host-' : ''
  // Lax, not Strict: whoever comes by a link in a mail, or back from the provider, is still signed in.
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const session = `${prefix}tenbin_session`
  /** One for each sign-in that is under way, so that two windows do not disturb each other. */
  const signIn = (state: string) =>
    `${prefix}tenbin_sign_in_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`
  return {
    /** Of the session; undefined without one. */
    read: (request: FastifyRequest): string | undefined => request.cookies[session],
    set: (reply: FastifyReply, token: string, maxAgeMs: number) =>
      reply.setCookie(session, token, { ...attributes, maxAge: Math.floor(maxAgeMs / 1000) }),
    clear: (reply: FastifyReply) => reply.clearCookie(session, attributes),
    readSignIn: (request: FastifyRequest, state: string): string | undefined => request.cookies[signIn(state)],
    setSignIn: (reply: FastifyReply, state: string, binding: string, maxAgeMs: number) =>
      reply.setCookie(signIn(state), binding, { ...attributes, maxAge: Math.floor(maxAgeMs / 1000) }),
    clearSignIn: (reply: FastifyReply, state: string) => reply.clearCookie(signIn(state), attributes),
  }
}
