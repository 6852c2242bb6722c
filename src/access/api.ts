import { z } from 'zod'

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
  roles: z.array(roleSchema),
  organisation: organisationRef,
  ministry: organisationRef,
  /** The organisation for which the role is held: what the role may do, it may do there and below. */
  heldFor: z.uuid(),
  /** Demonstration content is present. */
  demo: z.boolean(),
  /** Local sign-in without a password: for trying, not for real records. */
  evaluation: z.boolean(),
  engine: z.enum(['pglite', 'postgresql']),
  may: z.record(z.enum(actions), z.boolean()),
  finder: z.object({ catalog: z.string(), edition: z.string(), title: nameSchema }).nullable(),
})
export type Me = z.infer<typeof meSchema>

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

export const logEntrySchema = z.object({
  id: z.uuid(),
  at: z.string(),
  actor: z.object({ name: nameSchema, post: nameSchema }).nullable(),
  role: z.string(),
  organisation: organisationRef.nullable(),
  type: z.string(),
  itemKind: z.string(),
  itemId: z.uuid(),
  detail: z.record(z.string(), z.unknown()),
})
export type LogEntry = z.infer<typeof logEntrySchema>
