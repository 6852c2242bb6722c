import type { Actor } from '#audit/transaction.ts'

const nil = '00000000-0000-0000-0000-000000000000'

/** In whose name the log is told of what nobody who is known did: a sign-in refused, a log-out that a provider ordered. */
export const systemActor: Actor = { personId: nil, role: 'system', organisationId: nil }
