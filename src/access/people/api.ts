import { z } from 'zod'

import { nameSchema, roleSchema } from '#access/model.ts'

/** Shapes of people, roles and deputies as they travel; shared with the web. */

const organisationRefSchema = z.object({ id: z.uuid(), name: nameSchema })

/** Roles that can be held; `public` is nobody signed in. */
export const heldRoleSchema = roleSchema.exclude(['public'])
export type HeldRole = z.infer<typeof heldRoleSchema>

export const languages = ['ja', 'en'] as const
const line = (most: number) => z.string().trim().max(most)
const bothNeeded = (most: number) => z.strictObject({ ja: line(most).min(1), en: line(most).default('') })
const both = (most: number) => z.strictObject({ ja: line(most).default(''), en: line(most).default('') })
const mail = z.email().max(254)
/** As the identity provider says it; no spaces and nothing that a header could be broken with. */
const userName = z.string().regex(/^[^\s\p{Cc}]{1,200}$/u)

export const newPersonSchema = z.strictObject({
  organisationId: z.uuid(),
  name: bothNeeded(100),
  post: both(100),
  mail: mail.optional(),
  language: z.enum(languages).default('ja'),
  userName: userName.optional(),
  externalId: line(200).optional(),
})
export type NewPerson = z.infer<typeof newPersonSchema>

export const personChangeSchema = z.strictObject({
  organisationId: z.uuid().optional(),
  name: bothNeeded(100).optional(),
  post: both(100).optional(),
  mail: mail.nullable().optional(),
  language: z.enum(languages).optional(),
  userName: userName.nullable().optional(),
  externalId: line(200).nullable().optional(),
})
export type PersonChange = z.infer<typeof personChangeSchema>

export const personRefSchema = z.object({ id: z.uuid(), name: nameSchema, post: nameSchema })
export type PersonRef = z.infer<typeof personRefSchema>

export const personStates = ['active', 'disabled', 'erased'] as const
const personFields = {
  ...personRefSchema.shape,
  organisation: organisationRefSchema,
  mail: z.string().nullable(),
  userName: z.string().nullable(),
  language: z.enum(languages),
  state: z.enum(personStates),
  version: z.int(),
}

export const listedPersonSchema = z.object({
  ...personFields,
  /** Those held today. */
  roles: z.array(z.object({ role: heldRoleSchema, organisation: organisationRefSchema, to: z.string().nullable() })),
})
export type ListedPerson = z.infer<typeof listedPersonSchema>

const deputySchema = z.object({ id: z.uuid(), person: personRefSchema, from: z.string(), to: z.string() })

/** `when`: against the day of the office. */
export const roleSpanSchema = z.object({
  id: z.uuid(),
  role: heldRoleSchema,
  organisation: organisationRefSchema,
  supplier: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  from: z.string(),
  to: z.string().nullable(),
  when: z.enum(['now', 'later', 'over']),
  /** From the claims of an identity provider: it is ended there, not here. */
  provider: z.string().nullable(),
  deputies: z.array(deputySchema),
})
export type RoleSpan = z.infer<typeof roleSpanSchema>

export const roleChangeSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  kind: z.enum(['given', 'ended', 'deputy-named', 'deputy-ended']),
  role: heldRoleSchema,
  organisation: organisationRefSchema.nullable(),
  from: z.string(),
  to: z.string().nullable(),
  deputy: personRefSchema.nullable(),
  by: personRefSchema.nullable(),
  byRole: z.string(),
  onBehalfOf: personRefSchema.nullable(),
})
export type RoleChange = z.infer<typeof roleChangeSchema>

export const personDetailSchema = z.object({
  ...personFields,
  externalId: z.string().nullable(),
  disabledAt: z.string().nullable(),
  roles: z.array(roleSpanSchema),
  /** Whose deputy the person is or will be. */
  deputyOf: z.array(
    z.object({
      id: z.uuid(),
      holder: personRefSchema,
      role: heldRoleSchema,
      organisation: organisationRefSchema,
      from: z.string(),
      to: z.string(),
    }),
  ),
  history: z.array(roleChangeSchema),
  /** The day of the office. */
  today: z.string(),
})
export type PersonDetail = z.infer<typeof personDetailSchema>

export const newRoleSchema = z.strictObject({
  role: heldRoleSchema,
  organisationId: z.uuid(),
  /** Without it, from today. */
  from: z.iso.date().optional(),
  to: z.iso.date().nullable().optional(),
  /** The contact of a supplier needs it, nobody else has it. */
  supplierId: z.uuid().optional(),
})
export type NewRole = z.infer<typeof newRoleSchema>

export const newDeputySchema = z.strictObject({ personId: z.uuid(), from: z.iso.date(), to: z.iso.date() })
export type NewDeputy = z.infer<typeof newDeputySchema>

/** The last day, inclusive; yesterday ends it at once. */
export const endSchema = z.strictObject({ to: z.iso.date() })

export const peopleQuerySchema = z.strictObject({
  q: z.string().trim().max(100).optional(),
  role: heldRoleSchema.optional(),
  organisation: z.uuid().optional(),
  state: z.enum([...personStates, 'all']).default('active'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type PeopleQuery = z.infer<typeof peopleQuerySchema>
