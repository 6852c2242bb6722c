import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkWebhookUrl } from './check-webhook-url.ts'
import { postWebhook, signatureOf } from './post-webhook.ts'
import { mayReach } from './safe-address.ts'

const outside = { networks: [], loopback: false }

describe('addresses a webhook may go to', () => {
  it('are those of the public internet, in whatever way they are written', () => {
    const closed = [
      '127.0.0.1',
      '127.9.9.9',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.2.1',
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001:db8::1',
      '2001::1',
      'ff02::1',
      '',
      'localhost',
      '1',
      '0x7f.1',
      '127.1',
    ]
    for (const address of closed) expect([address, mayReach(address, outside)]).toEqual([address, false])
    for (const address of ['1.1.1.1', '172.15.0.1', '172.32.0.1', '2400:4050::1', '::ffff:1.1.1.1', '::ffff:101:101'])
      expect([address, mayReach(address, outside)]).toEqual([address, true])
  })

  it('no private IPv4 address passes, nor one that is mapped into IPv6', () => {
    const part = fc.integer({ min: 0, max: 255 })
    const closed = fc.oneof(
      fc.tuple(fc.constant(10), part, part, part),
      fc.tuple(fc.constant(127), part, part, part),
      fc.tuple(fc.constant(192), fc.constant(168), part, part),
      fc.tuple(fc.constant(169), fc.constant(254), part, part),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), part, part),
    )
    fc.assert(
      fc.property(closed, ([a, b, c, d]) => {
        const hex = (n: number) => n.toString(16)
        for (const address of [
          `${a}.${b}.${c}.${d}`,
          `::ffff:${a}.${b}.${c}.${d}`,
          `::ffff:${hex(a * 256 + b)}:${hex(c * 256 + d)}`,
        ])
          expect(mayReach(address, outside)).toBe(false)
      }),
    )
  })

  it('a network that was named is open, and nothing beside it', () => {
    const reach = { networks: ['10.20.0.0/16', 'fd12:3456::/32'], loopback: false }
    for (const address of ['10.20.0.1', '::ffff:10.20.255.1', 'fd12:3456::9'])
      expect(mayReach(address, reach)).toBe(true)
    for (const address of ['10.21.0.1', '127.0.0.1', 'fd12:3457::9']) expect(mayReach(address, reach)).toBe(false)
  })
})

describe('the address of a receiver', () => {
  const faultOf = (said: string, reach = outside) => {
    try {
      return { kept: checkWebhookUrl(said, reach) }
    } catch (error) {
      return (error as { params: { fault: string } }).params.fault
    }
  }
  it('is https, without a password, and leads outside', () => {
    expect(faultOf('https://hooks.example.go.jp/tenbin?key=1#there')).toEqual({
      kept: 'https://hooks.example.go.jp/tenbin?key=1',
    })
    expect(faultOf('http://hooks.example.go.jp/')).toBe('https')
    expect(faultOf('ftp://hooks.example.go.jp/')).toBe('https')
    expect(faultOf('file:///etc/passwd')).toBe('unreadable')
    expect(faultOf('javascript:alert(1)')).toBe('unreadable')
    expect(faultOf('https://user:word@hooks.example.go.jp/')).toBe('credentials')
    // A browser's way of reading addresses: 2130706433 and 0x7f.1 are 127.0.0.1.
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:10.0.0.1]',
      '169.254.169.254',
      'localhost',
      '10.0.0.1',
    ])
      expect([host, faultOf(`https://${host}/`)]).toEqual([host, 'network'])
    expect(faultOf('no address')).toBe('unreadable')
  })
  it('may be on this machine in evaluation mode, also without TLS', () => {
    const evaluation = { networks: [], loopback: true }
    expect(faultOf('http://127.0.0.1:9/', evaluation)).toEqual({ kept: 'http://127.0.0.1:9/' })
    expect(faultOf('http://localhost:9/', evaluation)).toEqual({ kept: 'http://localhost:9/' })
    expect(faultOf('http://10.0.0.1/', evaluation)).toBe('https')
    expect(faultOf('https://10.0.0.1/', evaluation)).toBe('network')
  })
  it('is judged again when it is sent to: a name that leads inside is refused before anything is sent', async () => {
    const post = { secret: 's', body: '{}', type: 'test', delivery: 'd', at: 0 }
    // localhost is a name like any other, and leads to 127.0.0.1.
    expect(await postWebhook({ ...post, url: 'https://localhost.localdomain.invalid/' }, outside)).toEqual({
      reason: 'not-found',
    })
    expect(await postWebhook({ ...post, url: 'https://127.0.0.1/' }, outside)).toEqual({ reason: 'address-refused' })
    expect(await postWebhook({ ...post, url: 'https://localhost/' }, outside)).toEqual({ reason: 'address-refused' })
  })
})

it('the signature is that of RFC 2104 over time, full stop and body', () => {
  // openssl dgst -sha256 -hmac whsec_test, over: 1700000000.{"a":1}
  expect(signatureOf('whsec_test', 1_700_000_000, '{"a":1}')).toBe(
    't=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789',
  )
})
