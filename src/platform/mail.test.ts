import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { type Sink, smtpSink } from '#test/smtp-sink.ts'

import { isAddress, type Mail, type Mailer, oneLine, smtpMailer } from './mail.ts'

const mail = (more: Partial<Mail> = {}): Mail => ({
  to: 'hanako@example.go.jp',
  subject: '再判定が必要になりました',
  text: '要約支援の判定を見直してください。\nhttps://tenbin.example/uses/1',
  language: 'ja',
  id: 'notice-1',
  ...more,
})

describe('mail', () => {
  let sink: Sink
  let mailer: Mailer
  const failure = async (sending: Promise<void>) =>
    sending.then(
      () => undefined,
      (error: { code: string; params: object; final: boolean; message: string }) => ({
        code: error.code,
        params: error.params,
        final: error.final,
        message: error.message,
      }),
    )
  beforeEach(async () => {
    sink = await smtpSink()
    mailer = smtpMailer({ url: sink.url, from: '天秤 <tenbin@example.go.jp>', tls: 'off' })
  })
  afterEach(async () => {
    mailer.close()
    await sink.stop()
  })

  it('Japanese arrives as it was written, in subject, sender and text, with seven bits on the way', async () => {
    const subject = '【天秤】「要約支援（令和8年度）」の判定を見直す必要があります。担当の方は確認してください'
    await mailer.send(mail({ subject }))
    const [{ mail: got, raw, to }] = sink.mails as [(typeof sink.mails)[number]]
    expect(got.subject).toBe(subject)
    expect(got.from?.value).toEqual([{ name: '天秤', address: 'tenbin@example.go.jp' }])
    expect(got.text?.trim()).toBe(mail().text)
    expect(to).toEqual(['hanako@example.go.jp'])
    expect(got.messageId).toBe('<notice-1@example.go.jp>')
    expect(got.headers.get('auto-submitted')).toBe('auto-generated')
    // oxlint-disable-next-line no-control-regex -- that there is nothing else is the point
    expect(raw).toMatch(/^[\x00-\x7f]*$/)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76)
  })

  it('a line break in a name or subject becomes no header, whatever stands around it', async () => {
    const evil = [
      '\r\nBcc: spy@evil.example',
      '\nX-Evil: 1',
      '\r\n\r\n本文を差し替える',
      '\u2028Bcc: a@b',
      '\u0085Bcc: a@b',
      '\0',
    ]
    for (const [n, end] of evil.entries()) await mailer.send(mail({ subject: `要約支援${end}`, id: `n${n}` }))
    expect(sink.mails).toHaveLength(evil.length)
    for (const { mail: got, to, raw } of sink.mails) {
      expect(to).toEqual(['hanako@example.go.jp'])
      expect(got.bcc ?? got.cc).toBeUndefined()
      expect(got.headers.has('x-evil')).toBe(false)
      expect(got.text?.trim()).toBe(mail().text)
      expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^(bcc|x-evil)/im)
    }
  })

  it('an address that is more than one address is refused before anything is sent', async () => {
    const evil = [
      'a@b.jp, c@d.jp',
      'a@b.jp\r\nBcc: c@d.jp',
      'a@b.jp>\r\nRCPT TO:<c@d.jp',
      '"a b"@c.jp',
      'a b@c.jp',
      'x <a@b.jp>',
      '',
      'a',
      '@b.jp',
      `${'a'.repeat(65)}@b.jp`,
    ]
    for (const to of evil)
      expect(await failure(mailer.send(mail({ to })))).toMatchObject({ code: 'mail-address', final: true })
    expect(sink.mails).toEqual([])
  })

  it('whatever passes as an address holds neither space nor separator, and one line stays one line', () => {
    const nasty = fc.stringMatching(/^[a-z@.,<>"\s\r\n;:()]{0,12}$/)
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (said) => {
        if (isAddress(said)) expect(said).toMatch(/^[^\s,<>"();:]+@[^\s,<>"();:]+$/)
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(oneLine(said)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/)
      }),
    )
  })

  it('a refusal is told by its number: 4xx may be tried again, 5xx is final, and no word of the server is kept', async () => {
    sink.refuse({ recipient: 450 })
    expect(await failure(mailer.send(mail()))).toEqual({
      code: 'mail-refused',
      params: { status: 450 },
      final: false,
      message: 'mail-refused',
    })
    sink.refuse({ recipient: 550 })
    expect(await failure(mailer.send(mail()))).toEqual({
      code: 'mail-refused',
      params: { status: 550 },
      final: true,
      message: 'mail-refused',
    })
    sink.refuse({ data: 554 })
    expect(await failure(mailer.send(mail()))).toMatchObject({
      code: 'mail-refused',
      params: { status: 554 },
      final: true,
    })
    sink.refuse(undefined)
    await mailer.send(mail())
    expect(sink.mails).toHaveLength(1)
  })

  it('nothing is sent without TLS where TLS is required, and a server that is away is said to be away', async () => {
    const strict = smtpMailer({ url: sink.url, from: 'a@b.jp', tls: 'required' })
    expect(await failure(strict.send(mail()))).toMatchObject({ code: 'mail-insecure', final: false })
    strict.close()
    expect(sink.mails).toEqual([])
    const gone = smtpMailer({ url: 'smtp://127.0.0.1:9', from: 'a@b.jp', tls: 'off' })
    expect(await failure(gone.send(mail()))).toMatchObject({ code: 'mail-unreachable', final: false })
    gone.close()
  })
})
