import { isIP } from 'node:net'

import { AppError } from '#platform/errors.ts'

import { mayReach, type Reach } from './safe-address.ts'

/**
 * The address of a receiver, as it is kept: https, without a name and password in it and without a fragment. A name is
 * looked up again at each delivery; an address written as numbers is judged now.
 * @throws AppError `bad-input` with reason `webhook-url`, and what is wrong: `unreadable`, `https`, `credentials`, `network`
 */
export function checkWebhookUrl(said: string, reach: Reach): string {
  const url = URL.parse(said)
  const refuse = (fault: string): never => {
    throw new AppError('bad-input', { reason: 'webhook-url', fault })
  }
  if (url === null || url.hostname === '') return refuse('unreadable')
  const host = url.hostname.replaceAll(/^\[|\]$/g, '')
  const isLoopback =
    host === 'localhost' ||
    mayReach(host, { networks: [], loopback: true }) !== mayReach(host, { networks: [], loopback: false })
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback && reach.loopback)) return refuse('https')
  if (url.username !== '' || url.password !== '') return refuse('credentials')
  if (host === 'localhost' ? !reach.loopback : isIP(host) !== 0 && !mayReach(host, reach)) return refuse('network')
  url.hash = ''
  return url.href
}
