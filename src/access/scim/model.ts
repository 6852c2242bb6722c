import { z } from 'zod'

import { AppError } from '#platform/errors.ts'

/** What is spoken of SCIM 2.0 (RFC 7643, RFC 7644): users, and roles as groups. docs/en/provisioning.md says what is not. */
export const urn = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
  config: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
} as const

/** RFC 7644 §3.12, table 9. */
export type ScimType = 'invalidFilter' | 'invalidPath' | 'invalidValue' | 'noTarget' | 'uniqueness' | 'mutability'

export const scimFault = (scimType: ScimType, detail: string) => new AppError('bad-input', { scimType, detail })

/** Systems send more than is understood here, and some write booleans as words; the rest is left alone. */
const text = z.string().trim().max(1000)
const flag = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((said) => said.toLowerCase() === 'true'),
])
const valued = z.looseObject({ value: text })

export const userSchema = z.looseObject({
  userName: text.min(1),
  externalId: text.nullish(),
  active: flag.optional(),
  name: z.looseObject({ formatted: text.nullish(), familyName: text.nullish(), givenName: text.nullish() }).nullish(),
  displayName: text.nullish(),
  title: text.nullish(),
  preferredLanguage: text.nullish(),
  emails: z.array(z.looseObject({ value: text, primary: flag.optional() })).nullish(),
  roles: z.array(valued).nullish(),
  [urn.enterprise]: z.looseObject({ department: text.nullish() }).nullish(),
})
export type ScimUser = z.output<typeof userSchema>

export const groupSchema = z.looseObject({
  displayName: text.min(1),
  externalId: text.nullish(),
  members: z.array(valued).nullish(),
})

export const patchSchema = z.looseObject({
  Operations: z
    .array(
      z.looseObject({
        op: z
          .string()
          .transform((said) => said.toLowerCase())
          .pipe(z.enum(['add', 'remove', 'replace'])),
        path: z.string().max(500).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(1000),
})
export type PatchOp = z.output<typeof patchSchema>['Operations'][number]

export const listQuerySchema = z.looseObject({
  filter: z.string().max(1000).optional(),
  // RFC 7644 §3.4.2.4: less than one is one, negative is none.
  startIndex: z.coerce
    .number()
    .int()
    .default(1)
    .transform((n) => Math.max(1, n)),
  count: z.coerce
    .number()
    .int()
    .default(100)
    .transform((n) => Math.min(200, Math.max(0, n))),
  attributes: z.string().max(1000).optional(),
  excludedAttributes: z.string().max(1000).optional(),
})
export type ListQuery = z.output<typeof listQuerySchema>

export const resourceSchema = z.looseObject({ schemas: z.array(z.string()) })
export type Resource = { schemas: string[]; [attribute: string]: unknown }

/** Only the attributes asked for; `id` and `schemas` always (RFC 7644 §3.9). */
export function choose(resource: Resource, asked: Pick<ListQuery, 'attributes' | 'excludedAttributes'>): Resource {
  const names = (list: string) =>
    new Set(
      list
        .toLowerCase()
        .split(',')
        .map((one) => one.trim().split(/[.]/)[0]!),
    )
  const wanted = asked.attributes === undefined ? undefined : names(asked.attributes)
  const unwanted = asked.excludedAttributes === undefined ? undefined : names(asked.excludedAttributes)
  const kept = Object.entries(resource).filter(
    ([key]) =>
      key === 'id' ||
      key === 'schemas' ||
      ((wanted?.has(key.toLowerCase()) ?? true) && !(unwanted?.has(key.toLowerCase()) ?? false)),
  )
  return Object.fromEntries(kept) as Resource
}

export const listOf = (resources: readonly Resource[], totalResults: number, startIndex: number) => ({
  schemas: [urn.list],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
})

export const etagOf = (version: number | string) => `W/"${version}"`

/** @throws AppError `changed-meanwhile` unless the version is one of those named; nothing named is any (RFC 7644 §3.14) */
export function refuseOtherVersion(header: string | undefined, version: number | string): void {
  if (header === undefined || header.trim() === '*') return
  const named = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (!named.includes(`"${version}"`)) throw new AppError('changed-meanwhile', { now: version })
}
