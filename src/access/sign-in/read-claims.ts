import type { Role } from '#access/model.ts'
import type { ClaimMap } from './sign-in-config.ts'

export type Claims = Readonly<Record<string, unknown>>
export type ClaimedRole = { readonly role: Role; readonly heldFor: 'unit' | 'ministry' }
export type Claimed = {
  readonly userName: string | undefined
  readonly name: string | undefined
  readonly post: string | undefined
  /** Code of an organisation; undefined when no claim is configured for it. */
  readonly organisation: string | undefined
  /** Undefined when roles are those entered in Tenbin. */
  readonly roles: readonly ClaimedRole[] | undefined
}
/** Why somebody is not let in; `claim` is the name of the claim as configured, never what it held. */
export type ClaimRefusal = {
  readonly reason: 'claim-missing' | 'claim-form' | 'role-unknown' | 'role-none'
  readonly claim: string
}
export type ReadClaims = ({ readonly ok: true } & Claimed) | ({ readonly ok: false } & ClaimRefusal)

const mostText = 200
const mostValues = 1000

/** A claim by its whole name, else by its parts: `realm_access.roles` is `roles` inside `realm_access`. */
function claimNamed(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Claims)[part] : undefined,
      claims,
    )
}

class Refused extends Error {
  readonly why: ClaimRefusal
  constructor(reason: ClaimRefusal['reason'], claim: string) {
    super(reason)
    this.why = { reason, claim }
  }
}

function textOf(claims: Claims, name: string, needed: boolean): string | undefined {
  const value = claimNamed(claims, name)
  if (value === undefined || value === null || value === '') {
    if (needed) throw new Refused('claim-missing', name)
    return undefined
  }
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined
  // Control characters are refused by databases and lie to readers.
  if (words === undefined || words.length > mostText || /\p{Cc}/u.test(words)) throw new Refused('claim-form', name)
  return words
}

function valuesOf(claims: Claims, name: string): string[] {
  const value = claimNamed(claims, name)
  if (value === undefined || value === null) throw new Refused('claim-missing', name)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  if (values.length > mostValues || !values.every((one) => typeof one === 'string'))
    throw new Refused('claim-form', name)
  return values
}

function rolesOf(claims: Claims, { claim, others, map }: NonNullable<ClaimMap['roles']>): ClaimedRole[] {
  const values = valuesOf(claims, claim)
  if (others === 'refuse' && values.some((value) => !map.some((known) => known.value === value)))
    throw new Refused('role-unknown', claim)
  const roles = map.filter(({ value }) => values.includes(value)).map(({ role, heldFor }) => ({ role, heldFor }))
  if (roles.length === 0) throw new Refused('role-none', claim)
  return roles.filter((one, i) => roles.findIndex((r) => r.role === one.role && r.heldFor === one.heldFor) === i)
}

/**
 * What a provider says of a person, by the configured map. Pure; nothing that is not configured is looked at.
 * @param claims  of the ID token, or of the userinfo endpoint
 */
export function readClaims(claims: Claims, map: ClaimMap): ReadClaims {
  try {
    const code = map.organisation && textOf(claims, map.organisation.claim, true)
    return {
      ok: true,
      userName: map.person && textOf(claims, map.person, true),
      name: textOf(claims, map.name, false),
      post: map.post && textOf(claims, map.post, false),
      // A code that the map does not name is taken as it is.
      organisation:
        code !== undefined && Object.hasOwn(map.organisation?.codes ?? {}, code)
          ? map.organisation!.codes![code]
          : code,
      roles: map.roles && rolesOf(claims, map.roles),
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...error.why }
    throw error
  }
}
