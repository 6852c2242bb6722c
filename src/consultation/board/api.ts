import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { anyFactSchema, verdictSchema } from '#register/api.ts'

import { dossierSchema, registerStateSchema } from './dossier.ts'
import { caseStates, declarationTypes, missingCodes, partAbsences, partSchema, standings } from './model.ts'

/** What the addresses of the docket take and give; shared with the web. */

/** The unit that asks, and the ministry around it. */
const organisation = z.object({ id: z.uuid(), name: nameSchema, ministry: nameSchema })
export const partySchema = z.object({ kind: z.enum(['supplier', 'model-supplier']), name: z.string() })
export type Party = z.infer<typeof partySchema>
const reason = z.string().trim().min(1).max(2000)

export const meetingSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  heldOn: z.string(),
  note: z.string(),
  version: z.int(),
  cases: z.array(z.object({ id: z.uuid(), number: z.string(), title: z.string(), state: z.enum(caseStates) })),
})
export type Meeting = z.infer<typeof meetingSchema>
export const meetingInputSchema = z.strictObject({
  number: z.int().min(1).max(100_000),
  heldOn: z.iso.date(),
  note: z.string().max(2000).default(''),
})
export type MeetingInput = z.infer<typeof meetingInputSchema>

export const seatSchema = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: nameSchema,
  expertise: nameSchema,
  chair: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
  version: z.int(),
})
export type Seat = z.infer<typeof seatSchema>
export const seatInputSchema = z.strictObject({
  personId: z.uuid(),
  expertise: z.strictObject({ ja: z.string().trim().min(1).max(200), en: z.string().trim().max(200) }),
  chair: z.boolean(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
})
export type SeatInput = z.infer<typeof seatInputSchema>

/** Where, in whose hands and since when something came to be other than it was submitted. */
export const differenceSchema = z.object({
  scope: z.enum(['organisation', 'system', 'use', 'verdict', 'model', 'supplier']),
  /** Of the use, model or supplier. */
  of: z.string().nullable(),
  /** What it is called. */
  name: z.string().nullable(),
  field: z.string(),
  from: anyFactSchema,
  to: anyFactSchema,
  since: z.string().nullable(),
  by: z.object({ post: nameSchema, organisation: nameSchema.nullable() }).nullable(),
})
export type Difference = z.infer<typeof differenceSchema>

export const declaredSchema = z.object({
  personId: z.uuid(),
  name: nameSchema,
  expertise: nameSchema,
  chair: z.boolean(),
  standing: z.enum(['undeclared', 'deliberating', 'recused']),
  /** Of the latest word; nothing where there is none. */
  at: z.string().nullable(),
  words: z.string(),
  remindedAt: z.string().nullable(),
  history: z.array(z.object({ at: z.string(), type: z.enum(declarationTypes), words: z.string(), own: z.boolean() })),
})
export type Declared = z.infer<typeof declaredSchema>

export const opinionSchema = z.object({
  personId: z.uuid(),
  name: nameSchema,
  expertise: nameSchema,
  number: z.int(),
  text: z.string(),
  at: z.string(),
  earlier: z.array(z.object({ number: z.int(), text: z.string(), at: z.string() })),
})
export type Opinion = z.infer<typeof opinionSchema>

const messageSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  at: z.string(),
  by: z.object({ name: nameSchema, post: nameSchema }).nullable(),
  role: z.string(),
})
export const questionSchema = messageSchema.extend({ answers: z.array(messageSchema) })
export type Question = z.infer<typeof questionSchema>

export const draftPartSchema = z.object({
  part: partSchema,
  text: z.string(),
  absent: z.enum(partAbsences).nullable(),
  because: z.string().nullable(),
  version: z.int(),
  updatedAt: z.string(),
  updatedBy: nameSchema.nullable(),
})
export type DraftPart = z.infer<typeof draftPartSchema>

export const missingSchema = z.object({
  part: partSchema,
  code: z.enum(missingCodes),
  blocks: z.boolean(),
  of: z.string().nullable(),
})

export const frozenSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  at: z.string(),
  digest: z.string(),
  verdict: verdictSchema,
  axes: z.record(z.string(), z.string().nullable()),
  fieldsOfWork: z.array(z.string()),
  content: dossierSchema,
})
export type Frozen = z.infer<typeof frozenSchema>

/** The deeds that are open to who asks, in this state of the case. */
export const caseDeeds = [
  'prepare',
  'submit',
  'withdraw',
  'resume',
  'declare',
  'recuse',
  'remind',
  'schedule',
  'opine',
  'ask',
  'answer',
] as const
export type CaseDeedOpen = (typeof caseDeeds)[number]

export const caseDetailSchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  state: z.enum(caseStates),
  version: z.int(),
  organisation,
  parties: z.array(partySchema),
  standing: z.enum(standings),
  meeting: z.object({ id: z.uuid(), number: z.int(), heldOn: z.string() }).nullable(),
  createdAt: z.string(),
  submittedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  withdrawnBecause: z.string().nullable(),
  advisedAt: z.string().nullable(),
  /** How many members sit, have said a word, and deliberate; of the others who is waited for. */
  declared: z.object({ seats: z.int(), said: z.int(), waitingFor: z.array(nameSchema), since: z.string().nullable() }),
  may: z.record(z.enum(caseDeeds), z.boolean()),
  /** One's own declarations, oldest first. */
  own: z.array(z.object({ at: z.string(), type: z.enum(declarationTypes), words: z.string(), own: z.boolean() })),
  /** Nothing of this is there for who has not declared or is recused. */
  inside: z
    .object({
      systemId: z.uuid(),
      systemNumber: z.string(),
      dossier: frozenSchema.nullable(),
      dossiers: z.array(z.object({ number: z.int(), at: z.string(), digest: z.string() })),
      differences: z.array(differenceSchema),
      declarations: z.array(declaredSchema),
      opinions: z.array(opinionSchema),
      opinionDraft: z.object({ text: z.string(), version: z.int(), updatedAt: z.string() }).nullable(),
      questions: z.array(questionSchema),
    })
    .nullable(),
  /** For the ministry, while the dossier is written. */
  draft: z
    .object({ parts: z.array(draftPartSchema), register: registerStateSchema, missing: z.array(missingSchema) })
    .nullable(),
})
export type CaseDetail = z.infer<typeof caseDetailSchema>

export const caseRowSchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  state: z.enum(caseStates),
  organisation,
  meeting: z.object({ number: z.int(), heldOn: z.string() }).nullable(),
  standing: z.enum(standings),
  /** What the case waits for, and since when. */
  waits: z.object({ code: z.string(), since: z.string() }).nullable(),
  submittedAt: z.string().nullable(),
  updatedAt: z.string(),
  demo: z.boolean(),
})
export type CaseRow = z.infer<typeof caseRowSchema>
export const casesPageSchema = z.object({ items: z.array(caseRowSchema), next: z.string().nullable() })
export type CasesPage = z.infer<typeof casesPageSchema>

/** A system whose verdict says to consult the Board, and that was never brought to it. */
export const toConsultSchema = z.object({
  items: z.array(
    z.object({ systemId: z.uuid(), number: z.string(), name: z.string(), organisation, since: z.string().nullable() }),
  ),
})
export type ToConsult = z.infer<typeof toConsultSchema>

export const casesOfSystemSchema = z.object({
  cases: z.array(caseRowSchema),
  verdict: verdictSchema,
  may: z.object({ prepare: z.boolean() }),
})
export type CasesOfSystem = z.infer<typeof casesOfSystemSchema>

export const newCaseSchema = z.strictObject({ systemId: z.uuid() })
export const withdrawSchema = z.strictObject({ reason })
export const declarationInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('no-interest'), words: z.string().trim().max(2000).optional() }),
  z.strictObject({ type: z.literal('interest'), words: reason }),
])
export type DeclarationInput = z.infer<typeof declarationInputSchema>
export const decisionInputSchema = z.strictObject({
  personId: z.uuid(),
  type: z.enum(['recused', 'readmitted']),
  words: reason,
})
export type DecisionInput = z.infer<typeof decisionInputSchema>
export const textSchema = z.strictObject({ text: z.string().trim().min(1).max(20_000) })
export const scheduleSchema = z.strictObject({ meetingId: z.uuid().nullable() })
export const remindSchema = z.strictObject({ personId: z.uuid() })

export const precedentSchema = z.object({
  caseId: z.uuid(),
  number: z.string(),
  title: z.string(),
  organisation,
  state: z.enum(caseStates),
  submittedAt: z.string(),
  advisedAt: z.string().nullable(),
  axes: z.record(z.string(), z.string().nullable()),
  fieldsOfWork: z.array(z.string()),
  verdict: verdictSchema,
  /** 0…1; 1 is the same state of every axis and the same field of work. Nothing where nothing was compared with. */
  similarity: z.number().nullable(),
  /** Axes in the same state. */
  sameAxes: z.array(z.string()),
  advice: z.object({ conditions: z.int(), met: z.int(), main: nameSchema.nullable() }).nullable(),
})
export type Precedent = z.infer<typeof precedentSchema>
export const precedentsSchema = z.object({ items: z.array(precedentSchema), more: z.int() })
export type Precedents = z.infer<typeof precedentsSchema>
