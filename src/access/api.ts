import { z } from 'zod'

import { browsers, systems } from './sessions/device-words.ts'
import { actions, nameSchema, roleSchema } from './model.ts'

const organisationRef = z.object({ id: z.uuid(), name: nameSchema })

export const personSchema = z.object({
  id: z.uuid(),
  name: nameSchema,
  post: nameSchema,
  organisation: organisationRef,
  ministry: organisationRef,
  roles: z.array(roleSchema),
})
export type Person = z.infer<typeof personSchema>

export const meSchema = z.object({
  person: z.object({ id: z.uuid(), name: nameSchema, post: nameSchema }),
  role: roleSchema,
  /** Held today, each once. */
  roles: z.array(roleSchema),
  /** What one can act as today: own roles first, then those of a deputy. */
  rolesHeld: z.array(
    z.object({
      role: roleSchema,
      organisation: organisationRef,
      /** The person whose deputy one is. */
      onBehalfOf: organisationRef.nullable(),
      supplier: organisationRef.nullable(),
      /** The last day. */
      until: z.string().nullable(),
    }),
  ),
  organisation: organisationRef,
  ministry: organisationRef,
  /** The organisation for which the role is held: what the role may do, it may do there and below. */
  heldFor: z.uuid(),
  /** The person as whose deputy one acts now. */
  onBehalfOf: z.uuid().nullable(),
  /** Of the contact of a supplier: which one. */
  supplierId: z.uuid().nullable(),
  /** Demonstration content is present. */
  demo: z.boolean(),
  /** Local sign-in without a password: for trying, not for real records. */
  evaluation: z.boolean(),
  engine: z.enum(['pglite', 'postgresql']),
  may: z.record(z.enum(actions), z.boolean()),
  finder: z.object({ catalog: z.string(), edition: z.string(), title: nameSchema }).nullable(),
})
export type Me = z.infer<typeof meSchema>

export const ownSessionSchema = z.object({
  id: z.uuid(),
  /** The one that asks. */
  current: z.boolean(),
  browser: z.enum(browsers),
  system: z.enum(systems),
  /** Id of the provider; null for the local sign-in of evaluation mode. */
  provider: z.string().nullable(),
  role: z.string(),
  signedInAt: z.string(),
  lastSeenAt: z.string(),
  endsAt: z.string(),
})
export type OwnSession = z.infer<typeof ownSessionSchema>

/** How one can sign in here. */
export const signInWaysSchema = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: nameSchema,
      /** False when the provider did not answer lately; one may try all the same. */
      answers: z.boolean(),
    }),
  ),
  evaluation: z.boolean(),
})
export type SignInWays = z.infer<typeof signInWaysSchema>

export const organisationKinds = ['ministry', 'agency', 'municipality', 'bureau', 'division', 'body'] as const
export const organisationSchema = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  path: z.array(z.uuid()),
  kind: z.enum(organisationKinds),
  code: z.string(),
  name: nameSchema,
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  demo: z.boolean(),
  version: z.int(),
  uses: z.int(),
})
export type Organisation = z.infer<typeof organisationSchema>

export const newOrganisationSchema = z.strictObject({
  parentId: z.uuid().optional(),
  kind: z.enum(organisationKinds),
  code: z.string().trim().min(1).max(40).optional(),
  name: z.strictObject({ ja: z.string().trim().min(1).max(200), en: z.string().trim().max(200).default('') }),
})
export type NewOrganisation = z.infer<typeof newOrganisationSchema>

export const organisationChangeSchema = z.strictObject({
  name: z.strictObject({ ja: z.string().trim().min(1).max(200), en: z.string().trim().max(200) }).optional(),
  code: z.string().trim().min(1).max(40).optional(),
  validTo: z.iso.date().nullable().optional(),
})
export type OrganisationChange = z.infer<typeof organisationChangeSchema>
