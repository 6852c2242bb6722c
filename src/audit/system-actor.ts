import type { Actor } from './transaction.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Who signs for what the log tells of itself: no person, and no organisation. */
export const logActor: Actor = { personId: nobody, role: 'system', organisationId: nobody }
export const logItem = nobody
