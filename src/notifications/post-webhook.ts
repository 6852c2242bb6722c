import { lookup } from 'node:dns/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { createHmac } from 'node:crypto'

import { checkWebhookUrl } from './check-webhook-url.ts'
import { mayReach, type Reach } from './safe-address.ts'

/** What became of one try: the status of the answer, or why there was none. */
export type Answer =
  | { readonly status: number }
  | { readonly reason: 'address-refused' | 'not-found' | 'unreachable' | 'tls' | 'too-slow' }

export type Post = {
  readonly url: string
  readonly secret: string
  readonly body: string
  readonly type: string
  readonly delivery: string
  /** Unix time, s. */
  readonly at: number
  readonly signal?: AbortSignal
}

/**
 * The signature header: HMAC-SHA256 (RFC 2104) over the time, a full stop and the body, as hexadecimal digits. The time is
 * signed too, so that a receiver can refuse what is replayed later.
 */
export const signatureOf = (secret: string, at: number, body: string): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

/**
 * Sends one delivery. The name is resolved once, each address it gives is judged, and the connection goes to one that was
 * judged: a name that answers differently a moment later leads nowhere else. Redirections are not followed.
 */
export async function postWebhook(post: Post, reach: Reach, within = 10_000): Promise<Answer> {
  const url = new URL(post.url)
  try {
    checkWebhookUrl(post.url, reach)
  } catch {
    return { reason: 'address-refused' }
  }
  const address = await resolveSafely(url.hostname.replaceAll(/^\[|\]$/g, ''), reach)
  return typeof address === 'string' ? send(post, url, address, within) : address
}

async function resolveSafely(host: string, reach: Reach): Promise<string | Answer> {
  const found = isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host }]
  if (found.length === 0) return { reason: 'not-found' }
  // One closed address among open ones is no accident: none is used.
  if (!found.every(({ address }) => mayReach(address, reach))) return { reason: 'address-refused' }
  return found[0]!.address
}

function send(post: Post, url: URL, address: string, within: number): Promise<Answer> {
  const signals = [AbortSignal.timeout(within), ...(post.signal ? [post.signal] : [])]
  const family = isIP(address)
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any(signals),
        lookup: (_host, options, callback) =>
          options.all === true ? callback(null, [{ address, family }]) : callback(null, address, family),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(post.body),
          'user-agent': 'tenbin-webhook/1',
          'tenbin-event': post.type,
          'tenbin-delivery': post.delivery,
          'tenbin-signature': signatureOf(post.secret, post.at, post.body),
        },
      },
      (response) => {
        // What a receiver says besides its status is not read.
        response.destroy()
        resolve({ status: response.statusCode ?? 0 })
      },
    )
    request.on('error', (error: Error & { code?: string }) => resolve({ reason: reasonOf(error) }))
    request.end(post.body)
  })
}

function reasonOf(error: Error & { code?: string }): 'too-slow' | 'tls' | 'unreachable' {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'too-slow'
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(error.code ?? '') ? 'tls' : 'unreachable'
}
