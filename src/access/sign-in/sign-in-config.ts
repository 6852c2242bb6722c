import { z } from 'zod'

import { roleSchema } from '#access/model.ts'

const word = z.string().trim().min(1).max(200)
const claimName = z.string().regex(/^[\w.:/-]{1,120}$/)

/** Where a secret is: never in the file itself, so that the file can be kept with the other settings. */
const secret = z.union([z.strictObject({ file: word }), z.strictObject({ environment: word })])

const roleMap = z.strictObject({
  /** A value of the claim. */
  value: word,
  role: roleSchema.exclude(['supplier', 'public']),
  /** `unit`: the person's organisation and below; `ministry`: the whole ministry around it. */
  'held-for': z.enum(['unit', 'ministry']).default('unit'),
})

const claims = z
  .strictObject({
    from: z.enum(['id-token', 'userinfo']).default('id-token'),
    /** Equals the user name under which the person was entered; without it people are known by issuer and subject only. */
    person: claimName.optional(),
    name: claimName.default('name'),
    post: claimName.optional(),
    organisation: z
      .strictObject({ claim: claimName, codes: z.record(word, word).optional() })
      .transform(({ claim, codes }) => ({ claim, codes }))
      .optional(),
    /** Without it the roles are those entered in Tenbin. */
    roles: z
      .strictObject({
        claim: claimName,
        /** What is done with a value that the map does not name. */
        others: z.enum(['refuse', 'ignore']).default('refuse'),
        map: z.array(roleMap).min(1),
      })
      .transform(({ map, ...rest }) => ({
        ...rest,
        map: map.map(({ value, role, ...more }) => ({ value, role, heldFor: more['held-for'] })),
      }))
      .optional(),
  })
  .prefault({})

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519'] as const

const provider = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    name: z.strictObject({ ja: word, en: word }),
    issuer: z.url({ protocol: /^https?$/ }),
    'client-id': word,
    'client-secret': secret.optional(),
    'client-authentication': z.enum(['basic', 'post']).default('basic'),
    'signing-algorithm': z.enum(algorithms).default('RS256'),
    scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)).default(['openid', 'profile']),
    'unknown-person': z.enum(['create', 'refuse']).default('refuse'),
    /** Codes of the organisations for whose people, there and below, the provider vouches; unsaid: all. */
    organisations: z.array(word).min(1).optional(),
    claims,
  })
  .transform((p) => ({
    id: p.id,
    name: p.name,
    issuer: p.issuer,
    clientId: p['client-id'],
    clientSecret: p['client-secret'],
    clientAuthentication: p['client-authentication'],
    signingAlgorithm: p['signing-algorithm'],
    scopes: p.scopes.includes('openid') ? p.scopes : ['openid', ...p.scopes],
    unknownPerson: p['unknown-person'],
    organisations: p.organisations,
    claims: p.claims,
  }))

const hour = 3_600_000

/** Our presets: signed out after 8 h without a request, and 24 h after sign-in whatever happens; 10 min to sign in. */
const sessions = z
  .strictObject({
    'idle-hours': z.number().positive().max(24).default(8),
    'absolute-hours': z.number().positive().max(168).default(24),
    'sign-in-minutes': z.number().positive().max(60).default(10),
  })
  .prefault({})
  .transform((s) => ({
    idleMs: s['idle-hours'] * hour,
    absoluteMs: s['absolute-hours'] * hour,
    signInMs: s['sign-in-minutes'] * 60_000,
  }))

/** The file named by `TENBIN_SIGN_IN`; docs/en/sign-in.md describes every key. */
export const signInFileSchema = z.strictObject({
  format: z.literal('tenbin-sign-in/1'),
  sessions,
  /** How far the clocks of a provider and of this server may differ, seconds. */
  'clock-tolerance-seconds': z.number().int().min(0).max(300).default(30),
  providers: z.array(provider).default([]),
})

export type SignInFile = z.output<typeof signInFileSchema>
export type SessionLimits = SignInFile['sessions']
/** As read, with the secret itself in place of where it is. */
export type Provider = Omit<SignInFile['providers'][number], 'clientSecret'> & {
  readonly clientSecret: string | undefined
}
export type ClaimMap = Provider['claims']

export type SignIn = {
  readonly providers: readonly Provider[]
  readonly sessions: SessionLimits
  readonly clockToleranceSeconds: number
}

export const presetSignIn: SignIn = {
  providers: [],
  sessions: { idleMs: 8 * hour, absoluteMs: 24 * hour, signInMs: 600_000 },
  clockToleranceSeconds: 30,
}
