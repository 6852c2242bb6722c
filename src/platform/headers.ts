/** Source of the list: OWASP Secure Headers Project; the values are ours. */
const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
} as const

/** Nothing is loaded from elsewhere and nothing runs that we did not ship; the page may not be framed. */
const page =
  "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
/** What is no page needs nothing: a file handed in by somebody is harmless even where a browser shows it. */
const noPage = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

const year = 365 * 24 * 60 * 60

/**
 * The headers of an answer, whatever it is: page, data, download, error.
 * @param request `path` without query; `https`: people reach the server by https
 */
export function securityHeaders(request: { path: string; https: boolean }): Record<string, string> {
  const isPage = !/^\/(api|scim|healthz|readyz)(\/|$)/.test(request.path)
  return {
    ...always,
    'content-security-policy': isPage ? page : noPage,
    ...(request.https ? { 'strict-transport-security': `max-age=${2 * year}; includeSubDomains` } : {}),
  }
}

export const isData = (path: string): boolean => /^\/(api|scim)\//.test(path)
