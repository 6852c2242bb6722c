import { z } from 'zod'

const nameSchema = z.object({ ja: z.string(), en: z.string() })
const personSchema = z.object({ name: nameSchema, post: nameSchema })

export const logEntrySchema = z.object({
  id: z.uuid(),
  /** Place in the transparency log, from 0; null for the moment until it has one. */
  index: z.int().nullable(),
  at: z.string(),
  actor: personSchema.extend({ id: z.uuid() }).nullable(),
  role: z.string(),
  /** The API token that was used; null in a session. */
  tokenId: z.uuid().nullable(),
  /** Of a deputy: the person who was represented. */
  onBehalfOf: personSchema.nullable(),
  organisation: z.object({ id: z.uuid(), name: nameSchema }).nullable(),
  type: z.string(),
  itemKind: z.string(),
  itemId: z.uuid(),
  detail: z.record(z.string(), z.unknown()),
})
export type LogEntry = z.infer<typeof logEntrySchema>

export const logQuerySchema = z.strictObject({
  /** Id of the last entry seen. */
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  person: z.uuid().optional(),
  /** Part of the type: `system.`, `key`. */
  type: z.string().trim().min(1).max(100).optional(),
  itemKind: z.string().trim().min(1).max(100).optional(),
  item: z.uuid().optional(),
  /** This organisation and what lies below it. */
  organisation: z.uuid().optional(),
  /** Moments, or days: from the beginning of the one to the end of the other, Japanese time. */
  from: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  to: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
})
export type LogQuery = z.infer<typeof logQuerySchema>

export const logPageSchema = z.object({ items: z.array(logEntrySchema), next: z.uuid().nullable() })

/** A hash, 64 hex digits. */
const hex = z.string().regex(/^[0-9a-f]{64}$/)
const size = z.int().min(0)

export const inclusionSchema = z.object({
  kind: z.string(),
  row: z.uuid(),
  index: z.int(),
  size,
  /** The leaf as it was hashed. */
  leaf: z.string(),
  leafHash: hex,
  /** Hashes from the leaf to the root, base64. */
  proof: z.array(z.string()),
  checkpoint: z.string(),
  /** `c2sp.org/tlog-proof@v1`: all of the above; its `extra` is the leaf. */
  tlogProof: z.string(),
  /** The row was taken out of the history by a rule. */
  withheld: z.boolean(),
})
export type Inclusion = z.infer<typeof inclusionSchema>

export const consistencySchema = z.object({
  old: size,
  new: size,
  oldRoot: hex,
  newRoot: hex,
  proof: z.array(z.string()),
  checkpoint: z.string(),
})
export type Consistency = z.infer<typeof consistencySchema>

const keySchema = z.object({
  /** Verifier key (signed-note): name+id+base64. */
  key: z.string(),
  keyId: z.string(),
  firstSize: size.nullable(),
  lastSize: size.nullable(),
  addedAt: z.string(),
  retiredAt: z.string().nullable(),
  current: z.boolean(),
})

export const logStateSchema = z.object({
  origin: z.string().nullable(),
  /** Leaves in the tree. */
  size,
  signed: z.object({ size, root: hex, at: z.string() }).nullable(),
  /** Rows are committed that have no leaf yet; the oldest for `lagMs`. */
  waiting: z.boolean(),
  lagMs: z.number(),
  /** Why this server does not sign. */
  fault: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  keys: z.array(keySchema),
  witnesses: z.array(
    z.object({
      name: z.string(),
      /** Asked by the log; otherwise it comes by itself. */
      asked: z.boolean(),
      /** The largest checkpoint it has signed, and when. */
      size: size.nullable(),
      at: z.string().nullable(),
      /** What became of the last question: nothing, or why there is no signature. */
      problem: z.enum(['unreachable', 'refused', 'ahead', 'not-signed']).nullable(),
    }),
  ),
  verification: z
    .object({
      id: z.uuid(),
      startedAt: z.string(),
      finishedAt: z.string().nullable(),
      size: size.nullable(),
      outcome: z.enum(['running', 'intact', 'faulty', 'failed']),
      findings: z.int(),
    })
    .nullable(),
})
export type LogState = z.infer<typeof logStateSchema>
