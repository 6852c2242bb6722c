import { logActor } from '#audit/system-actor.ts'
import { daily, type Handler } from '#platform/jobs.ts'

import { type VerifyDeps, verifyLog } from './verify-log.ts'

/** Once a day, when few are at work, so that a fault is known before somebody looks for it. */
export const verifyJobs = (deps: VerifyDeps): readonly Handler[] => [
  daily('audit.verify', '04:30', async () => void (await verifyLog(deps, logActor)), { expires: 3600 }),
]
