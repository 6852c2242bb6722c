import { AppError } from '#platform/errors.ts'

/** Addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host)

/**
 * The address under which people reach the server, without path; providers send people back to it.
 * @throws AppError `unavailable` when providers are there and it is missing, or it is plain http beyond this machine
 */
export function publicOrigin(address: string | undefined, hasProviders: boolean): string | undefined {
  if (address === undefined) {
    if (hasProviders) throw new AppError('unavailable', { reason: 'sign-in-needs-address' })
    return undefined
  }
  const { protocol, hostname, origin } = new URL(address)
  if (hasProviders && protocol !== 'https:' && !isLoopback(hostname))
    throw new AppError('unavailable', { reason: 'sign-in-needs-https', address: origin })
  return origin
}
