import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'

import {
  bodyOf,
  cosignatureOf,
  keyIdOf,
  keyTypes,
  openNote,
  parseNote,
  parseSignatures,
  parseVerifierKey,
  rawKey,
  signCheckpoint,
  verifierKey,
  verifierOf,
} from './checkpoint.ts'
import { leafHash } from './merkle.ts'

const name = 'tenbin.example/log'
const root = leafHash(Buffer.from('1'))
const [a, b] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey]
const signed = (key = a) => signCheckpoint({ origin: name, size: 3, root }, [{ name, key }])

it('a checkpoint opens with the key that signed it, and with no other', () => {
  expect(openNote(signed(), verifierOf({ name, key: a }))).toEqual({ origin: name, size: 3, root })
  expect(openNote(signed(), verifierOf({ name, key: b }))).toBeUndefined()
  expect(openNote(signed(), verifierOf({ name: 'another', key: a }))).toBeUndefined()
})
it('a checkpoint that was changed after it was signed does not open', () => {
  expect(openNote(signed().replace('\n3\n', '\n4\n'), verifierOf({ name, key: a }))).toBeUndefined()
})
it('what is no checkpoint is told from one', () => {
  const bad = [
    'x',
    '',
    signed().trimEnd(),
    signed().replace('\n3\n', '\n03\n'),
    signed().replace('— ', '- '),
    bodyOf({ origin: name, size: 3, root }),
  ]
  expect(bad.map(parseNote)).toEqual(bad.map(() => undefined))
})
it('a checkpoint of two keys opens with each', () => {
  const note = signCheckpoint({ origin: name, size: 9, root }, [
    { name, key: a },
    { name, key: b },
  ])
  expect([a, b].map((key) => openNote(note, verifierOf({ name, key }))?.size)).toEqual([9, 9])
})
it('the example of the Go checksum database has its key id', () => {
  // golang.org/x/mod/sumdb: the verifier key that Go itself carries.
  const go = parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')
  expect(go && [go.name, go.type, keyIdOf(go)]).toEqual(['sum.golang.org', 1, '033de0ae'])
  expect(go && verifierKey(go)).toBe('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')
})
it('a verifier key with another id or of an unknown type is refused', () => {
  const own = verifierKey(verifierOf({ name, key: a }))
  expect(parseVerifierKey(own)).toBeDefined()
  expect(parseVerifierKey(own.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeUndefined()
  expect(parseVerifierKey('x+033de0ae+Bs4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')).toBeUndefined()
})
it('a cosignature counts for the checkpoint and the witness it was made for', () => {
  const witness = { name: 'witness.example', type: keyTypes.cosignature, publicKey: rawKey(b) }
  const body = bodyOf({ origin: name, size: 3, root })
  const time = 1_700_000_000
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), b)
  const bytes = Buffer.concat([Buffer.from(keyIdOf(witness), 'hex'), stamp, signature])
  const signatures = parseSignatures(`— witness.example ${bytes.toString('base64')}\n`)!
  expect(cosignatureOf(witness, body, signatures)?.at.toISOString()).toBe('2023-11-14T22:13:20.000Z')
  expect(cosignatureOf(witness, body.replace('\n3\n', '\n4\n'), signatures)).toBeUndefined()
  expect(cosignatureOf({ ...witness, publicKey: rawKey(a) }, body, signatures)).toBeUndefined()
})
