import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readClaims } from './read-claims.ts'
import { signInFileSchema } from './sign-in-config.ts'

const claimsOf = (claims: unknown) =>
  signInFileSchema.parse({
    format: 'tenbin-sign-in/1',
    providers: [{ id: 'a', name: { ja: 'あ', en: 'A' }, issuer: 'https://id.example', 'client-id': 'tenbin', claims }],
  }).providers[0]!.claims

const map = claimsOf({
  person: 'preferred_username',
  organisation: { claim: 'department', codes: { '0100': 'AOBA' } },
  roles: {
    claim: 'realm_access.roles',
    map: [
      { value: 'ai-head', role: 'caio', 'held-for': 'ministry' },
      { value: 'ai-planner', role: 'planner' },
    ],
  },
})
const usual = { preferred_username: 'aoki', department: '0100', realm_access: { roles: ['ai-planner'] } }

describe('the claims of a provider', () => {
  it('are read by the map: codes are translated, a claim inside another is named by its parts', () => {
    expect(readClaims(usual, map)).toEqual({
      ok: true,
      userName: 'aoki',
      name: undefined,
      post: undefined,
      organisation: 'AOBA',
      roles: [{ role: 'planner', heldFor: 'unit' }],
    })
  })

  it('with a code that the map does not name are taken as they are', () => {
    expect(readClaims({ ...usual, department: 'MIDORI-2' }, map)).toMatchObject({ organisation: 'MIDORI-2' })
    expect(readClaims({ ...usual, department: '__proto__' }, map)).toMatchObject({ organisation: '__proto__' })
  })

  it('name a claim whole before its parts are tried', () => {
    const by = claimsOf({ person: 'https://aoba.example/user' })
    expect(readClaims({ 'https://aoba.example/user': 'x' }, by)).toMatchObject({ ok: true, userName: 'x' })
  })

  it.each([
    [{ ...usual, department: undefined }, 'claim-missing', 'department'],
    [{ ...usual, preferred_username: '' }, 'claim-missing', 'preferred_username'],
    [{ ...usual, preferred_username: ['a'] }, 'claim-form', 'preferred_username'],
    [{ ...usual, preferred_username: 'a\u0000b' }, 'claim-form', 'preferred_username'],
    [{ ...usual, realm_access: { roles: ['ai-head', 1] } }, 'claim-form', 'realm_access.roles'],
    [{ ...usual, realm_access: { roles: ['ai-head', 'other'] } }, 'role-unknown', 'realm_access.roles'],
    [{ ...usual, realm_access: { roles: [] } }, 'role-none', 'realm_access.roles'],
  ])('%j are refused as %s, naming %s and never what it held', (claims, reason, claim) => {
    expect(readClaims(claims, map)).toEqual({ ok: false, reason, claim })
  })

  it('that hold other groups too are let in where the map says to ignore them', () => {
    const roles = { claim: 'groups', others: 'ignore', map: [{ value: 'g-1', role: 'planner' }] }
    const by = claimsOf({ person: 'sub', roles })
    expect(readClaims({ sub: 's', groups: ['g-9', 'g-1'] }, by)).toMatchObject({
      ok: true,
      roles: [{ role: 'planner' }],
    })
    expect(readClaims({ sub: 's', groups: ['g-9'] }, by)).toMatchObject({ ok: false, reason: 'role-none' })
  })

  it('never give a role that the map does not name, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('preferred_username', 'department', 'realm_access'), fc.anything()),
        (claims) => {
          const read = readClaims(claims, map)
          if (read.ok) expect(read.roles!.every(({ role }) => role === 'caio' || role === 'planner')).toBe(true)
          else expect(read.reason).toMatch(/^(claim-missing|claim-form|role-unknown|role-none)$/)
        },
      ),
    )
  })
})
