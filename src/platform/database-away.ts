/**
 * SQLSTATE of what passes by itself: connection lost (08), server going away or starting (57P), too many connections
 * (53300), statement or idle limit (57014, 25P03), lock not got (55P03), dead-lock and serialisation (40P01, 40001).
 */
const states = /^(08...|57P..|53[0-4]00|57014|25P03|25P04|55P03|40P01|40001)$/
const ofNetwork = /^(ECONN\w+|EPIPE|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN)$/
/** The driver gives these no code (pg 8.23 and its pool, the embedded engine). */
const messages =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|the embedded database has stopped)/

/** Whether the database did not answer, rather than the request being at fault: to be tried again later. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  // The queue hands on copies that are no longer an Error.
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && (states.test(code) || ofNetwork.test(code))) return true
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true
  return typeof message === 'string' && messages.test(message)
}
