import { join } from 'node:path'

import type { LogFault } from '#audit/log-fault.ts'
import { whatWaits } from '#audit/store-log.ts'
import { type LogDeps, type TransparencyLog, transparencyLog } from '#audit/transparency-log.ts'
import { readWitnesses } from '#audit/witnesses.ts'
import type { Fields, Logger } from '#platform/logger.ts'
import type { Part } from '#platform/parts.ts'
import { asSystem } from '#platform/scope.ts'
import type { Config } from '#settings/config.ts'

import type { House } from './assemble.ts'

/** The log of this house. Nothing runs until its part starts. */
export function openLog(deps: Pick<LogDeps, 'db' | 'tx' | 'now'>, config: Config, logger: Logger): TransparencyLog {
  const { keyFile, origin, witnessFile } = config.log
  return transparencyLog({
    ...deps,
    keyFile: keyFile ?? join(config.dataDir, 'log-key.pem'),
    origin,
    witnesses: readWitnesses(witnessFile),
    onFault: (fault) =>
      fault
        ? logger.error('log-not-signed', { code: fault.code, ...toldOf(fault.params) })
        : logger.info('log-signed-again'),
  })
}

/** The sequencer: gives committed entries their places and signs. What it lacks stands in `/readyz`. */
export const logPart = ({ deps: { transparency, db } }: House, config: Config): Part => ({
  name: 'sequencer',
  start: () => transparency.start(),
  stop: () => transparency.stop(),
  lacks: async () => {
    const fault = transparency.fault()
    const { lagMs } = await asSystem(() => whatWaits(db))
    return [
      ...(fault ? [{ code: `log-${fault.code}`, params: fault.params }] : []),
      ...(lagMs > config.running.readyLagMs ? [{ code: 'log-lags', params: { ms: Math.round(lagMs) } }] : []),
    ]
  },
})

const toldOf = (params: LogFault['params']): Fields =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]),
  )
