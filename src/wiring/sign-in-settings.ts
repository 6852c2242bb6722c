import { loadSignIn } from '#access/sign-in/load-sign-in.ts'
import { isLoopback, publicOrigin } from '#access/sign-in/public-address.ts'
import { presetSignIn, type SignIn } from '#access/sign-in/sign-in-config.ts'
import { AppError } from '#platform/errors.ts'

import type { Config } from '#settings/config.ts'

/** How people sign in on this server: what the rooms are handed. */
export type SignInSettings = {
  readonly signIn: SignIn
  readonly sessionLimits: SignIn['sessions']
  readonly clockToleranceSeconds: number
  /** Local sign-in without a password is on. */
  readonly evaluation: boolean
  readonly thisMachineOnly: boolean
  readonly origin: string | undefined
}

/**
 * Reads the file of providers. Evaluation mode is on as long as nobody could sign in otherwise, or where it is asked for.
 * @throws AppError `unavailable` naming what is wrong with the file or the address, or when nobody could sign in
 */
export function signInSettings(config: Config): SignInSettings {
  const { file, evaluation } = config.signIn
  const signIn = file === undefined ? presetSignIn : loadSignIn(file, config.environment)
  const hasProviders = signIn.providers.length > 0
  if (evaluation === 'no' && !hasProviders) throw new AppError('unavailable', { reason: 'no-way-to-sign-in' })
  const local = evaluation === undefined ? !hasProviders : evaluation === 'yes'
  const origin = publicOrigin(config.running.publicAddress, hasProviders)
  return {
    signIn,
    sessionLimits: signIn.sessions,
    clockToleranceSeconds: signIn.clockToleranceSeconds,
    evaluation: local,
    thisMachineOnly: local && origin === undefined && !config.allowRemoteEvaluation,
    origin,
  }
}

/** Evaluation mode lets anybody sign in as anybody: it must not be reachable from elsewhere unless that was said. */
export function refuseOpenEvaluation(config: Config): void {
  if (!signInSettings(config).evaluation || isLoopback(config.host) || config.allowRemoteEvaluation) return
  throw new AppError('unavailable', {
    reason: 'evaluation-beyond-loopback',
    host: config.host,
    setting: 'TENBIN_ALLOW_REMOTE_EVALUATION',
  })
}
