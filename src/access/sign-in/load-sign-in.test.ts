import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { AppError } from '#platform/errors.ts'

import { loadSignIn, type SignInFault } from './load-sign-in.ts'
import { publicOrigin } from './public-address.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenbin-sign-in-'))
const load = (text: string, environment: Record<string, string> = {}) => {
  const file = join(folder, 'sign-in.yaml')
  writeFileSync(file, text)
  return loadSignIn(file, (name) => environment[name])
}
/** Code, line, key and what is more of each fault. */
const faultsOf = (text: string) => {
  try {
    load(text)
  } catch (error) {
    if (error instanceof AppError)
      return (error.params['faults'] as SignInFault[]).map(({ code, line, key, detail }) => [code, line, key, detail])
  }
  return []
}

const good = `format: tenbin-sign-in/1
sessions: { idle-hours: 4 }
providers:
  - id: aoba
    name: { ja: あおば省, en: Aoba }
    issuer: https://id.aoba.example/realms/staff
    client-id: tenbin
    client-secret: { environment: AOBA_SECRET }
    unknown-person: create
    claims:
      organisation: { claim: department }
`

describe('the file of providers', () => {
  it('is read with its secret, and with presets for what it does not say', () => {
    const read = load(good, { AOBA_SECRET: 's' })
    expect(read).toMatchObject({
      sessions: { idleMs: 4 * 3_600_000, absoluteMs: 24 * 3_600_000, signInMs: 600_000 },
      clockToleranceSeconds: 30,
      providers: [{ id: 'aoba', clientSecret: 's', signingAlgorithm: 'RS256', scopes: ['openid', 'profile'] }],
    })
  })

  it('reads a secret from a file, without the end of the line', () => {
    writeFileSync(join(folder, 'secret'), 'of the file\n')
    const read = load(good.replace('environment: AOBA_SECRET', `file: ${join(folder, 'secret')}`))
    expect(read.providers[0]!.clientSecret).toBe('of the file')
  })

  it.each([
    [
      'a key nobody knows',
      good.replace('client-id:', 'clientid:'),
      ['unknown-key', 7, 'providers.0.clientid', 'clientid'],
    ],
    ['a key that is missing', good.replace(/ {4}issuer.*\n/, ''), ['missing', 4, 'providers.0.issuer', 'string']],
    [
      'a word that is none of those',
      good.replace('create', 'maybe'),
      ['one-of', 9, 'providers.0.unknown-person', 'create, refuse'],
    ],
    [
      'a secret in the file itself',
      good.replace('{ environment: AOBA_SECRET }', 'hidden'),
      ['one-of', 8, 'providers.0.client-secret', '{ file: … }, { environment: … }'],
    ],
    ['a variable that is not set', good, ['secret-variable', 8, 'providers.0.client-secret', 'AOBA_SECRET']],
    [
      'a file that is not there',
      good.replace('environment: AOBA_SECRET', 'file: /nowhere'),
      ['secret-file', 8, 'providers.0.client-secret', '/nowhere'],
    ],
    [
      'an issuer without encryption',
      good.replace('https://id.', 'http://id.'),
      ['issuer-not-https', 6, 'providers.0.issuer', 'http://id.aoba.example/realms/staff'],
    ],
    [
      'new people without a place',
      good.replace('organisation: { claim: department }', 'name: n'),
      ['organisation-needed', 11, 'providers.0.claims', ''],
    ],
    ['people known by nothing', good.replace('create', 'refuse'), ['person-needed', 11, 'providers.0.claims', '']],
    ['two providers of one id', `${good}${good.split('providers:\n')[1]!}`, ['id-twice', 12, 'providers.1.id', 'aoba']],
  ])('with %s is refused by line and key', (_, text, fault) => {
    expect(faultsOf(text)).toContainEqual(fault)
  })

  it('that is no YAML, or not there, is refused', () => {
    expect(faultsOf('providers: [')).toEqual([['not-yaml', 1, '', expect.any(String)]])
    expect(() => loadSignIn('/nowhere/sign-in.yaml', () => undefined)).toThrow(
      expect.objectContaining({
        params: expect.objectContaining({ faults: [expect.objectContaining({ code: 'unreadable' })] }),
      }),
    )
  })
})

it.each(['en', 'ja'])('the example of the guide (%s) is one that can be used', (language) => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(`docs/${language}/sign-in.md`, 'utf8')) ?? []
  const secrets = { AOBA_SECRET: 'a', MIDORI_SECRET: 'm' }
  const read = load(example.replace('{ file: /run/secrets/aoba }', '{ environment: AOBA_SECRET }'), secrets)
  expect(read.providers.map(({ id, unknownPerson, claims }) => [id, unknownPerson, claims.person])).toEqual([
    ['aoba', 'create', 'preferred_username'],
    ['midori', 'refuse', 'preferred_username'],
  ])
})

it('providers send people back to an address of https, or of this machine', () => {
  expect(publicOrigin('https://tenbin.example/', true)).toBe('https://tenbin.example')
  expect(publicOrigin('http://127.0.0.1:3000', true)).toBe('http://127.0.0.1:3000')
  expect(publicOrigin(undefined, false)).toBeUndefined()
  const reasonOf = (address: string | undefined) =>
    expect.objectContaining({ params: expect.objectContaining({ reason: address }) })
  expect(() => publicOrigin(undefined, true)).toThrow(reasonOf('sign-in-needs-address'))
  expect(() => publicOrigin('http://tenbin.example', true)).toThrow(reasonOf('sign-in-needs-https'))
})
