import type { Part } from '#platform/parts.ts'
import type { Config } from '#settings/config.ts'

import type { House } from './assemble.ts'
import { jobsPart } from './jobs-part.ts'
import { logPart } from './log-part.ts'

/**
 * What a worker runs, in the order of its start: the sequencer of the log, then the jobs. Without `--only` the one
 * process runs them beside the web.
 */
export function workerParts(house: House, config: Config): Part[] {
  return [logPart(house, config), jobsPart(house, config)]
}
