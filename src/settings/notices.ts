import { z } from 'zod'

import { section, text } from './section.ts'

const header = z.string().regex(/^[^\p{Cc}]*$/u)
const blocks = z
  .string()
  .default('')
  .transform((said) =>
    said
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))

/** What is told to people and to other systems. */
export const notices = section(
  {
    /** `smtp://user:password@mail.example.go.jp:587`, or `smtps://…` for TLS from the first byte; without it no mail is sent. */
    TENBIN_SMTP_URL: text.pipe(z.url({ protocol: /^smtps?$/ }).optional()),
    /** Sender of all mail: `天秤 <tenbin@example.go.jp>`. */
    TENBIN_MAIL_FROM: header.default('Tenbin <tenbin@localhost>'),
    /** `required`: no mail without TLS; `offered`: TLS where the server has it; `off`: never, for a server on this machine. */
    TENBIN_SMTP_TLS: z.enum(['required', 'offered', 'off']).default('required'),
    /** When the mail of the day is sent, in the time zone of the house. */
    TENBIN_DIGEST_AT: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('08:00'),
    /** Networks inside the ministry to which webhooks may be sent: `10.20.0.0/16,fd12:3456::/32`. */
    TENBIN_WEBHOOK_NETWORKS: blocks,
    /** After so many deliveries in a row that failed for good a webhook is stopped. */
    TENBIN_WEBHOOK_STOP_AFTER: z.coerce.number().int().min(1).max(1000).default(10),
  },
  (e) => ({
    smtp:
      e.TENBIN_SMTP_URL === undefined
        ? undefined
        : { url: e.TENBIN_SMTP_URL, from: e.TENBIN_MAIL_FROM, tls: e.TENBIN_SMTP_TLS },
    digestAt: e.TENBIN_DIGEST_AT,
    webhookNetworks: e.TENBIN_WEBHOOK_NETWORKS,
    webhookStopAfter: e.TENBIN_WEBHOOK_STOP_AFTER,
  }),
)
