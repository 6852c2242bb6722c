import { z } from 'zod'

import { nameSchema, roleSchema } from '#access/model.ts'

/** Shapes of API tokens as they travel; shared with the web. */

/**
 * `read`: lists and records; `write`: changes of the register and the finder; `import`: files and column maps; `provision`:
 * people and roles (SCIM); `log`: the log of operations.
 */
export const tokenScopes = ['read', 'write', 'import', 'provision', 'log'] as const
export type TokenScope = (typeof tokenScopes)[number]

export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
  /** Days it lasts; without it the preset of the house. */
  days: z.int().min(1).max(366).optional(),
  /** Narrows it to an organisation below that of the role; without it, that of the role. */
  organisationId: z.uuid().optional(),
})
export type NewToken = z.infer<typeof newTokenSchema>

const organisationRefSchema = z.object({ id: z.uuid(), name: nameSchema })

export const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first signs of it. */
  hint: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  role: roleSchema,
  organisation: organisationRefSchema,
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
})
export type Token = z.infer<typeof tokenSchema>

export const tokenOfSomeoneSchema = z.object({
  ...tokenSchema.shape,
  person: z.object({ id: z.uuid(), name: nameSchema, post: nameSchema }),
})
export type TokenOfSomeone = z.infer<typeof tokenOfSomeoneSchema>

export const ownTokensSchema = z.object({
  items: z.array(tokenSchema),
  days: z.object({ preset: z.int(), most: z.int() }),
  /** What the role could be given to a token at all. */
  scopes: z.array(z.enum(tokenScopes)),
})
export type OwnTokens = z.infer<typeof ownTokensSchema>

/** `token`: shown this once and never again. */
export const madeTokenSchema = z.object({ id: z.uuid(), token: z.string(), expiresAt: z.string() })
export type MadeToken = z.infer<typeof madeTokenSchema>
