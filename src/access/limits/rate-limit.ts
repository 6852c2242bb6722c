import type { Now } from '#platform/ids.ts'

/** At most `most` in a window of `windowMs`; nothing: no limit. */
export type Limit = { readonly most: number; readonly windowMs: number } | undefined

export type Limits = {
  /** Attempts to sign in by address and by person, and refused tokens by address: counted in the database, for all servers. */
  readonly signInAddress: Limit
  readonly signInPerson: Limit
  readonly refusedTokens: Limit
  /** Requests to the API by session or token, and by address where nobody is recognised: counted by each server for itself. */
  readonly api: Limit
  readonly apiAddress: Limit
}

/** `retryAfter`: seconds until the window ends. */
export type Counted = { readonly ok: true } | { readonly ok: false; readonly retryAfter: number }

export const windowOf = (at: number, windowMs: number) => {
  const start = at - (at % windowMs)
  return { start, retryAfter: Math.max(1, Math.ceil((start + windowMs - at) / 1000)) }
}

const mostKeys = 50_000

/**
 * Counts by key in fixed windows, in the memory of this process. Several servers each allow the whole number; a limit that
 * must hold for all of them together is counted in the database (`rate-count.ts`).
 */
export function rateCounter(now: Now) {
  const windows = new Map<string, { start: number; hits: number }>()
  return (key: string, limit: Limit): Counted => {
    if (!limit) return { ok: true }
    const { start, retryAfter } = windowOf(now().getTime(), limit.windowMs)
    const known = windows.get(key)
    if (known?.start === start) {
      known.hits += 1
      return known.hits > limit.most ? { ok: false, retryAfter } : { ok: true }
    }
    // Whoever invents keys must not fill the memory: what is oldest is forgotten first.
    if (windows.size >= mostKeys) windows.delete(windows.keys().next().value!)
    windows.delete(key)
    windows.set(key, { start, hits: 1 })
    return { ok: true }
  }
}
