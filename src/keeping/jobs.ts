import { daily, type Handler } from '#platform/jobs.ts'

import { applyRetention, type RetentionDeps } from './apply-retention.ts'

/** Once a night, when few are at work: what is over goes. A run that fails is tried again, and what it removed stays so. */
export const keepingJobs = (deps: RetentionDeps): readonly Handler[] => [
  daily('keeping.apply-retention', '03:10', async ({ signal }) => void (await applyRetention(deps, { signal })), {
    expires: 3600,
  }),
]
