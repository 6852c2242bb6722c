import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { AddressInfo } from 'node:net'

export type Received = { readonly mail: ParsedMail; readonly raw: string; readonly to: readonly string[] }
export type Sink = {
  readonly url: string
  readonly mails: Received[]
  readonly refuse: (how: Refusal) => void
  stop(): Promise<void>
}
type Refusal = { readonly recipient?: number; readonly data?: number } | undefined

/** A real mail server on this machine that keeps what it is given, and refuses when it is told to. */
export async function smtpSink(options: SMTPServerOptions = {}): Promise<Sink> {
  const mails: Received[] = []
  let refusal: Refusal
  const refused = (status: number) => Object.assign(new Error('refused: <taro@example.jp>'), { responseCode: status })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, callback) =>
      refusal?.recipient === undefined ? callback() : callback(refused(refusal.recipient)),
    onData: (stream, session, callback) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (refusal?.data !== undefined) return callback(refused(refusal.data))
        const raw = Buffer.concat(parts)
        void simpleParser(raw).then((mail) => {
          mails.push({ mail, raw: raw.toString('latin1'), to: session.envelope.rcptTo.map((to) => to.address) })
          callback()
        })
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (how) => (refusal = how),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
