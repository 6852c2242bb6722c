import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { descriptionFormats, placeSchema } from '#procurement/descriptions/model.ts'
import { differenceSchema, formFaultSchema } from '#procurement/documents/excel/model.ts'
import { ways } from '#procurement/sheets/model.ts'
import { states } from '#procurement/sheets/workflow.ts'

import { answerText, bidderStates, closedReasons, fulfilments, linkWays, marks, takenFromSchema } from './model.ts'

const instant = z.iso.datetime({ offset: true })
const fulfils = z.enum(fulfilments).nullable()
/** `p-06` */
export const itemId = z.string().regex(/^[a-z0-9-]{1,40}$/)

// What the planner keeps.

export const invitationSchema = z.strictObject({
  supplierId: z.uuid(),
  label: z.string().trim().min(1).max(20),
  contact: z.strictObject({ name: z.string().trim().min(1).max(100), mail: z.email().max(254) }),
  language: z.enum(['ja', 'en']).default('ja'),
  deadline: instant,
  message: z.string().trim().max(4000).optional(),
  way: z.enum(linkWays),
  /** Contacts of the supplier who sign in, besides the one who comes by link. */
  people: z.array(z.uuid()).max(20).default([]),
})
export type Invitation = z.input<typeof invitationSchema>

/** The link itself is here once, where it is to be handed over, and nowhere afterwards. */
export const madeLinkSchema = z.object({ id: z.uuid(), link: z.string().nullable() })
export type MadeLink = z.infer<typeof madeLinkSchema>

export const bidderChangeSchema = z.strictObject({
  deadline: instant.optional(),
  state: z.enum(['withdrawn', 'invited']).optional(),
})
export const amendmentSchema = z.strictObject({
  deadline: instant.optional(),
  message: z.string().trim().max(4000).optional(),
})

export const sentTextSchema = z.object({
  title: nameSchema,
  requirement: z.string(),
  chapter: z.string(),
  evidence: z.array(z.string()),
  verification: z.array(z.enum(ways)),
})
export type SentText = z.infer<typeof sentTextSchema>

/** How the sheet differs from what was sent. */
export const pendingSchema = z.object({
  item: z.string(),
  kind: z.enum(['new', 'changed', 'dropped']),
  from: sentTextSchema.nullable(),
  to: sentTextSchema.nullable(),
})
export type Pending = z.infer<typeof pendingSchema>

export const linkSchema = z.object({
  id: z.uuid(),
  way: z.enum(linkWays),
  madeAt: z.string(),
  /** null: the mail has not gone out yet */
  givenAt: z.string().nullable(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export const bidderSchema = z.object({
  id: z.uuid(),
  label: z.string(),
  supplier: z.object({ id: z.uuid(), name: nameSchema }),
  contact: z.object({ name: z.string(), mail: z.string() }),
  people: z.array(z.object({ id: z.uuid(), name: nameSchema, way: z.enum(['link', 'sign-in']) })),
  deadline: z.string(),
  state: z.enum(bidderStates),
  handedIn: z.int(),
  handedInAt: z.string().nullable(),
  invitedAt: z.string(),
  link: linkSchema.nullable(),
  version: z.int(),
})
export type Bidder = z.infer<typeof bidderSchema>

export const tenderSchema = z.object({
  procurement: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: z.enum(states),
    version: z.int(),
    systemId: z.uuid(),
  }),
  sent: z.object({ sending: z.int(), at: z.string(), items: z.int(), message: z.string() }).nullable(),
  /** What would be sent now: items included with a text. */
  ready: z.object({ items: z.int(), undecided: z.int(), lacking: z.array(z.string()) }),
  pending: z.array(pendingSchema),
  bidders: z.array(bidderSchema),
  mailSent: z.boolean(),
  mostBidders: z.int(),
  mostBiddersProvenance: z.enum(['official', 'secondary', 'preset']),
  linkDaysAfterDeadline: z.int(),
  may: z.object({ invite: z.boolean(), evaluate: z.boolean() }),
})
export type Tender = z.infer<typeof tenderSchema>

export const supplierContactSchema = z.object({ id: z.uuid(), name: nameSchema, mail: z.string().nullable() })
export type SupplierContact = z.infer<typeof supplierContactSchema>

// What is compared.

export const evaluationSchema = z.object({
  mark: z.enum(marks).nullable(),
  reason: z.string(),
  /** The answer was handed in again, differently, since it was evaluated. */
  outdated: z.boolean(),
  at: z.string(),
  by: nameSchema.nullable(),
  version: z.int(),
})
export const cellSchema = z.object({
  bidderId: z.uuid(),
  /** null: nothing handed in holds this item */
  answer: z
    .object({
      fulfils,
      text: z.string(),
      at: z.string(),
      /** Given to an earlier wording of the requirement. */
      earlierText: z.boolean(),
      takenFrom: takenFromSchema.nullable(),
      evidence: z.array(z.object({ id: z.uuid(), title: z.string(), fileName: z.string(), bytes: z.int() })),
    })
    .nullable(),
  evaluation: evaluationSchema.nullable(),
})
export type ComparisonCell = z.infer<typeof cellSchema>

/** Each kind by itself: what was not answered is in no other count. */
export const countsSchema = z.object({
  asked: z.int(),
  answers: z.object({ yes: z.int(), partly: z.int(), no: z.int(), unanswered: z.int() }),
  marks: z.object({ meets: z.int(), partly: z.int(), fails: z.int(), notEvaluated: z.int() }),
})
export type ComparisonCounts = z.infer<typeof countsSchema>

export const comparisonSchema = z.object({
  procurement: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: z.enum(states),
    version: z.int(),
    systemId: z.uuid(),
  }),
  /** Of the latest sending; null while nothing was sent. */
  sending: z.int().nullable(),
  bidders: z.array(
    z.object({
      id: z.uuid(),
      label: z.string(),
      supplier: z.object({ id: z.uuid(), name: nameSchema }),
      state: z.enum(bidderStates),
      deadline: z.string(),
      handedIn: z.int(),
      handedInAt: z.string().nullable(),
      counts: countsSchema,
    }),
  ),
  items: z.array(
    z.object({
      item: z.string(),
      position: z.int(),
      text: sentTextSchema,
      sending: z.int(),
      cells: z.array(cellSchema),
    }),
  ),
  award: z.object({ bidderId: z.uuid(), reason: z.string(), at: z.string(), by: nameSchema.nullable() }).nullable(),
})
export type Comparison = z.infer<typeof comparisonSchema>
export const comparisonPageSchema = comparisonSchema.extend({
  may: z.object({ evaluate: z.boolean(), award: z.boolean() }),
})
export type ComparisonPage = z.infer<typeof comparisonPageSchema>

export const evaluateSchema = z.strictObject({ mark: z.enum(marks).nullable(), reason: z.string().trim().max(4000) })
export const awardSchema = z.strictObject({ bidderId: z.uuid(), reason: z.string().trim().min(1).max(4000) })

// What a supplier sees: its own, and nothing else.

export const sentTenderSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  organisation: nameSchema,
  deadline: z.string(),
  closed: z.enum(closedReasons).nullable(),
  outcome: z.enum(['awarded', 'ended']).nullable(),
  asked: z.int(),
  answered: z.int(),
  handedIn: z.int(),
  handedInAt: z.string().nullable(),
  /** Saved since it was last handed in, or asked anew. */
  unsent: z.int(),
})
export type SentTender = z.infer<typeof sentTenderSchema>

export const ownAnswerSchema = z.object({
  id: z.uuid(),
  item: z.string(),
  position: z.int(),
  asked: sentTextSchema,
  sending: z.int(),
  sentAt: z.string(),
  /** The wording that was answered, where it is not the latest. */
  answeredText: sentTextSchema.nullable(),
  fulfils,
  text: z.string(),
  takenFrom: takenFromSchema.nullable(),
  evidence: z.int(),
  /** How many earlier answers to this item are there to take. */
  earlier: z.int(),
  changedSinceHandedIn: z.boolean(),
  version: z.int(),
  updatedAt: z.string(),
})
export type OwnAnswer = z.infer<typeof ownAnswerSchema>

export const ownTenderSchema = sentTenderSchema.extend({
  message: z.string(),
  contact: z.object({ name: z.string() }),
  sending: z.int(),
  items: z.array(ownAnswerSchema),
  /** Items no longer asked, to which something had been answered. */
  dropped: z.array(z.object({ item: z.string(), title: nameSchema })),
  byLink: z.boolean(),
})
export type OwnTender = z.infer<typeof ownTenderSchema>

export const saveAnswerSchema = z.strictObject({
  fulfils,
  text: answerText,
  takenFrom: takenFromSchema.nullable().default(null),
})
export type SaveAnswer = z.input<typeof saveAnswerSchema>
export const savedAnswerSchema = z.object({ version: z.int(), updatedAt: z.string() })

export const handInSchema = z.strictObject({
  /** The sending that was on the screen: whoever has not seen an amendment does not hand in over it. */
  sending: z.int(),
})
export const handedInSchema = z.object({ number: z.int(), at: z.string(), digest: z.string(), unanswered: z.int() })
export type HandedIn = z.infer<typeof handedInSchema>

export const earlierAnswerSchema = z.object({
  id: z.uuid(),
  fulfils: z.enum(fulfilments),
  text: z.string(),
  at: z.string(),
  requirement: z.string(),
  sameRequirement: z.boolean(),
})
export type EarlierAnswer = z.infer<typeof earlierAnswerSchema>
export const earlierSchema = z.object({
  items: z.array(z.object({ item: z.string(), answers: z.array(earlierAnswerSchema) })),
})
export const takeEarlierSchema = z.strictObject({
  take: z
    .array(z.strictObject({ item: itemId, answer: z.uuid(), version: z.int().min(1) }))
    .min(1)
    .max(100),
})

export const proposedSchema = z.object({
  format: z.enum(descriptionFormats),
  specVersion: z.string().nullable(),
  models: z.array(z.string()),
  fileName: z.string(),
  sha256: z.string(),
  statements: z.int(),
  provenance: z.enum(['official', 'secondary', 'preset']),
  proposals: z.array(
    z.object({
      item: z.string(),
      why: nameSchema,
      statements: z.array(
        z.object({ topic: z.string(), title: nameSchema, text: z.string(), cut: z.boolean(), place: placeSchema }),
      ),
    }),
  ),
})
export type Proposed = z.infer<typeof proposedSchema>

export const answerFormPreviewSchema = z.object({
  fileName: z.string(),
  faults: z.array(formFaultSchema),
  differences: z.array(differenceSchema),
  cells: z.int(),
  /** What the words of the column mean, in the language of the file. */
  fulfils: z.record(z.string(), z.enum(fulfilments)),
})
export type AnswerFormPreview = z.infer<typeof answerFormPreviewSchema>
export const takeAnswersSchema = z.strictObject({
  fileName: z.string().max(200),
  take: z
    .array(z.strictObject({ item: itemId, fulfils, text: answerText, version: z.int().min(1) }))
    .min(1)
    .max(200),
})

export const enterSchema = z.strictObject({ token: z.string().min(20).max(200) })
export const enteredSchema = z.object({ tender: z.uuid() })
