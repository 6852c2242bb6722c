import * as z from 'zod'

import {
  collectionKinds,
  entryTypes,
  itemIdsSchema,
  longTextSchema,
  nameKinds,
  noteSchema,
  states,
  subjectSchema,
} from './model.ts'
import { deeds } from './workflow.ts'

/** The shapes of the Consultation Desk's addresses; shared with the web. */

const bilingual = z.object({ ja: z.string(), en: z.string() })
/** A person by post and unit; nothing where the one who asks may not see people of that organisation. */
const who = z.object({ id: z.uuid(), name: bilingual, post: bilingual }).nullable()
export type Who = z.infer<typeof who>
const day = z.iso.date()

export const consultationQuery = z.strictObject({
  /** Joined by commas. */
  state: z.string().max(100).default(''),
  /** Only what the one who asks has taken. */
  mine: z.enum(['yes', 'no']).default('no'),
  /** Whose answer has not been opened yet. */
  unread: z.enum(['yes', 'no']).default('no'),
  system: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
})
export const consultationRowSchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  organisation: z.array(bilingual),
  systemName: z.string().nullable(),
  subject: z.string(),
  state: z.enum(states),
  deadline: day.nullable(),
  overdue: z.boolean(),
  /** ISO 8601, UTC. */
  waitingSince: z.string(),
  askedAt: z.string().nullable(),
  holder: who,
  taken: z.boolean(),
  unread: z.boolean(),
})
export type ConsultationRow = z.infer<typeof consultationRowSchema>
export const consultationListSchema = z.object({
  items: z.array(consultationRowSchema),
  next: z.string().nullable(),
  /** By state, of all that may be seen. */
  counts: z.record(z.string(), z.int()),
})
export type ConsultationList = z.infer<typeof consultationListSchema>

const threadEntry = z.object({
  id: z.uuid(),
  at: z.string(),
  type: z.enum(entryTypes),
  side: z.enum(['asker', 'desk']),
  by: who,
  role: z.string(),
  text: z.string().nullable(),
  to: who,
  deadline: day.nullable(),
  internal: z.boolean(),
})
export type ThreadEntry = z.infer<typeof threadEntry>

const deedSchema = z.object({ ok: z.boolean(), because: z.enum(['wrong-state', 'not-permitted']).optional() })
export const consultationSchema = z.object({
  ...consultationRowSchema.shape,
  organisationId: z.uuid(),
  side: z.enum(['asker', 'desk', 'reader']),
  question: z.string(),
  wishedOn: day.nullable(),
  /** `rule`: the preset of the desk. */
  deadlineBy: z.enum(['rule', 'desk']).nullable(),
  askedBy: who,
  answeredAt: z.string().nullable(),
  readAt: z.string().nullable(),
  system: z
    .object({
      id: z.uuid(),
      number: z.string(),
      name: z.string(),
      uses: z.array(z.object({ id: z.uuid(), name: z.string(), verdict: z.string(), stale: z.boolean() })),
    })
    .nullable(),
  /** Its published form. */
  entry: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  version: z.int(),
  thread: z.array(threadEntry),
  can: z.record(z.enum(deeds), deedSchema),
  publishable: deedSchema,
  rule: z.object({ officeDays: z.int(), provenance: z.string() }),
})
export type Consultation = z.infer<typeof consultationSchema>

export const newConsultationSchema = z.strictObject({
  subject: subjectSchema,
  question: longTextSchema,
  systemId: z.uuid().nullable().default(null),
  wishedOn: day.nullable().default(null),
  /** Sent at once; otherwise kept as a draft, to which files can be attached. */
  send: z.boolean().default(false),
})
export type NewConsultation = z.infer<typeof newConsultationSchema>
export const draftSchema = newConsultationSchema.omit({ send: true })

export const answerSchema = z.strictObject({ text: longTextSchema })
export const reasonBodySchema = z.strictObject({ because: noteSchema })
export const handOverSchema = z.strictObject({ to: z.uuid(), note: noteSchema })
export const deadlineSchema = z.strictObject({ on: day, note: noteSchema })

export const deskPeopleSchema = z.object({
  items: z.array(z.object({ id: z.uuid(), name: bilingual, post: bilingual, organisation: bilingual, open: z.int() })),
})
export type DeskPeople = z.infer<typeof deskPeopleSchema>

const hit = z.object({
  kind: z.enum(nameKinds),
  name: z.string(),
  /** As it stands in the text, and where, in UTF-16 units. */
  text: z.string(),
  from: z.int(),
  to: z.int(),
  field: z.enum(['title', 'question', 'answer']),
  confirmed: z.boolean(),
})
export type PublicationHit = z.infer<typeof hit>
export const publicationSchema = z.object({
  title: z.string(),
  question: z.string(),
  answer: z.string(),
  items: z.array(z.string()),
  /** 0: not saved yet, only proposed. */
  version: z.int(),
  hits: z.array(hit),
  /** Names that are looked for, so that the page can mark them while one writes. */
  names: z.array(z.object({ kind: z.enum(nameKinds), name: z.string() })),
  confirmed: z.array(z.object({ kind: z.enum(nameKinds), name: z.string() })),
  neutral: z.record(z.enum(nameKinds), z.string()),
  edition: z.object({ catalog: z.string(), edition: z.string() }),
})
export type Publication = z.infer<typeof publicationSchema>
export const publicationBodySchema = z.strictObject({
  title: subjectSchema,
  question: longTextSchema,
  answer: longTextSchema,
  items: itemIdsSchema,
  /** Names found that a person says are harmless here. */
  confirmed: z.array(z.strictObject({ kind: z.enum(nameKinds), name: z.string().min(1).max(300) })).max(200),
})
export type PublicationBody = z.infer<typeof publicationBodySchema>
/** Refused while a name is still in it that nobody confirmed. */
export const publishedSchema = z.union([
  z.object({ ok: z.literal(true), id: z.uuid(), number: z.string() }),
  z.object({ ok: z.literal(false), reasons: z.array(z.object({ code: z.literal('names-left'), hits: z.array(hit) })) }),
])
export type Published = z.infer<typeof publishedSchema>

export const collectionQuery = z.strictObject({
  q: z.string().max(200).default(''),
  item: z.string().max(60).default(''),
  kind: z.enum(['answer', 'advice', '']).default(''),
  cursor: z.string().max(500).optional(),
})
const collectionRow = z.object({
  id: z.uuid(),
  kind: z.enum(collectionKinds),
  number: z.string(),
  title: z.string(),
  question: z.string(),
  items: z.array(z.string()),
  publishedAt: z.string(),
  withdrawn: z.object({ at: z.string(), because: z.string() }).nullable(),
})
export type CollectionRow = z.infer<typeof collectionRow>
export const collectionListSchema = z.object({
  items: z.array(collectionRow),
  next: z.string().nullable(),
  /** Catalog items that anything published concerns, with how many. */
  concerned: z.array(z.object({ item: z.string(), count: z.int() })),
})
export type CollectionList = z.infer<typeof collectionListSchema>
export const collectionEntrySchema = collectionRow.extend({
  /** Empty when it was withdrawn. */
  answer: z.string(),
  catalog: z.object({ id: z.string(), edition: z.string() }).nullable(),
  mayWithdraw: z.boolean(),
})
export type CollectionEntry = z.infer<typeof collectionEntrySchema>

export const similarAnswersBody = z.strictObject({ text: z.string().max(20_000) })
export const similarAnswersSchema = z.object({
  /** Most alike first; `score` is a fraction in 0…1. */
  similar: z.array(
    z.object({ ...collectionRow.omit({ withdrawn: true }).shape, answer: z.string(), score: z.number() }),
  ),
})
export type SimilarAnswer = z.infer<typeof similarAnswersSchema>['similar'][number]
