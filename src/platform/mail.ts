import { createTransport } from 'nodemailer'

import { JobFailure } from './jobs.ts'

export type SmtpSettings = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: string
  /** `name <address>`. */
  readonly from: string
  /** `required`: no mail without TLS; `offered`: where the server has it; `off`: never. */
  readonly tls: 'required' | 'offered' | 'off'
}

/** Plain text in one language. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly language: 'ja' | 'en'
  /** The same for the same mail, so that one sent twice can be known (the part before the `@` of Message-ID). */
  readonly id: string
}

export type Mailer = {
  /** @throws JobFailure `mail-address`, `mail-refused`, `mail-sign-in`, `mail-insecure`, `mail-unreachable` */
  readonly send: (mail: Mail) => Promise<void>
  readonly close: () => void
}

/** Sends through the mail server of the ministry. */
export function smtpMailer(settings: SmtpSettings): Mailer {
  const url = new URL(settings.url)
  const secure = url.protocol === 'smtps:'
  const transport = createTransport({
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && settings.tls === 'required',
    ignoreTLS: settings.tls === 'off',
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // What stands in a mail comes from us: no file and no address is ever read for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const from = oneLine(settings.from)
  const host = /@([^\s<>@]+?)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    send: async (mail) => {
      if (!isAddress(mail.to)) throw new JobFailure('mail-address', {}, true)
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: mail.to },
          subject: oneLine(mail.subject),
          text: mail.text,
          messageId: `<${mail.id}@${host}>`,
          // RFC 3834: nobody's absence note answers it.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
        })
      } catch (error) {
        throw failureOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** Whatever could end a header line, and what nobody sees, becomes a space. */
export const oneLine = (words: string): string => words.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, ' ').trim()

/**
 * One address and nothing else: no list, no name, no comment, no control character.
 * Source: the mailbox of RFC 5321 §4.1.2 without quoted local parts, of at most 254 signs.
 */
export const isAddress = (said: string): boolean =>
  said.length <= 254 &&
  /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(said)

/** The words of the mail server stay out: they repeat addresses. A 5xx answer will not change by asking again (RFC 5321 §4.2.1). */
function failureOf(error: unknown): JobFailure {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  if (code === 'EAUTH')
    return new JobFailure('mail-sign-in', responseCode === undefined ? {} : { status: responseCode })
  if (code === 'ETLS') return new JobFailure('mail-insecure')
  if (responseCode !== undefined) return new JobFailure('mail-refused', { status: responseCode }, responseCode >= 500)
  return new JobFailure('mail-unreachable', code === undefined ? {} : { code })
}
