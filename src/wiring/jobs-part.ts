import { scopesBy } from '#access/policies/scope-of.ts'
import { verifyJobs } from '#audit/verify/jobs.ts'
import { boardJobs } from '#consultation/board/jobs.ts'
import { deskJobs } from '#consultation/desk/jobs.ts'
import { keepingJobs } from '#keeping/jobs.ts'
import type { NoticesSettings } from '#notifications/deps.ts'
import { noticesJobs } from '#notifications/jobs.ts'
import { jobRunner } from '#platform/job-runner.ts'
import type { Handler } from '#platform/jobs.ts'
import { type Mailer, smtpMailer } from '#platform/mail.ts'
import type { Part } from '#platform/parts.ts'
import { tenderJobs } from '#procurement/tenders/jobs.ts'
import type { Config } from '#settings/config.ts'
import { acknowledgementJobs } from '#user-rules/acknowledgements/jobs.ts'
import { userRuleJobs } from '#user-rules/jobs.ts'

import type { House } from './assemble.ts'

/** What the room of notifications is told of the house. */
export function noticesSettings(config: Config, evaluation: boolean): NoticesSettings {
  const { smtp, digestAt, webhookNetworks, webhookStopAfter } = config.notices
  const address =
    config.running.publicAddress ??
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  return {
    address: address.replace(/\/+$/, ''),
    digestAt,
    mailSent: smtp !== undefined,
    webhookNetworks,
    webhookStopAfter,
    evaluation,
  }
}

/** The jobs of all rooms. A job that runs when the process stops is let end. */
export function jobsPart({ deps, database }: House, config: Config): Part {
  const { smtp } = config.notices
  const mailer: Mailer | undefined = smtp && smtpMailer(smtp)
  const { keyFile } = deps.transparency
  const others: readonly Handler[] = [
    ...keepingJobs(deps.retention),
    ...deskJobs(deps),
    ...boardJobs(deps),
    ...userRuleJobs(deps),
    ...acknowledgementJobs(deps),
    ...tenderJobs({ ...deps, mailer }),
    ...verifyJobs({ ...deps, keyFile }),
  ]
  const { handlers, onDead } = noticesJobs({ ...deps, mailer, scopeOf: scopesBy(deps.rights) }, others)
  const runner = jobRunner({
    ...deps,
    handlers: [...handlers, ...others],
    onDead,
    // The embedded engine has one connection: it is asked seldom, and what this process puts is begun at once.
    pollSeconds: database.engine === 'pglite' ? 30 : 5,
    stopWithinMs: config.running.stopWithinMs,
  })
  return {
    ...runner,
    stop: async () => {
      await runner.stop()
      mailer?.close()
    },
  }
}
