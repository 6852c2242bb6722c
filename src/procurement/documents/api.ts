import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import { differenceSchema, formFaultSchema, formKinds, languages as formLanguages } from './excel/model.ts'
import { documentFormats, documentKinds, languages } from './model.ts'

export const documentQuery = z.strictObject({
  format: z.enum(documentFormats).default('docx'),
  language: z.enum(languages).default('ja'),
  /** With the appendix of what was left out, for the office alone. */
  internal: z.enum(['yes', 'no']).default('no'),
})

export const documentMadeSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  by: nameSchema.nullable(),
  kind: z.enum(documentKinds),
  format: z.enum(documentFormats),
  language: z.enum(languages),
  version: z.int(),
  digest: z.string(),
  /** Of the template; null for that of the house. */
  template: z.int().nullable(),
})
export type DocumentMade = z.infer<typeof documentMadeSchema>

export const takenSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  by: nameSchema.nullable(),
  sheet: z.enum(formKinds),
  fileName: z.string(),
  cells: z.int(),
})

/** The page of documents of one procurement. */
export const documentsPageSchema = z.object({
  procurement: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  /** Of what a document made now would be: equal digests are equal content. */
  stamps: z.array(z.object({ kind: z.enum(documentKinds), version: z.int(), digest: z.string() })),
  made: z.array(documentMadeSchema),
  taken: z.array(takenSchema),
  /** Whether something answers here that makes PDF of Word. */
  pdf: z.boolean(),
  bidders: z.int(),
  may: z.object({ take: z.boolean() }),
})
export type DocumentsPage = z.infer<typeof documentsPageSchema>

// Templates.

export const templateSchema = z.object({
  id: z.uuid(),
  kind: z.enum(documentKinds),
  language: z.enum(languages),
  number: z.int(),
  fileName: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  note: z.string(),
  at: z.string(),
  by: nameSchema.nullable(),
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
})
export type Template = z.infer<typeof templateSchema>

export const templateSlotSchema = z.object({
  kind: z.enum(documentKinds),
  language: z.enum(languages),
  /** Null: that of the house. */
  inForce: z.uuid().nullable(),
  /** Newest first. */
  templates: z.array(templateSchema),
  choices: z.array(z.object({ at: z.string(), by: nameSchema.nullable(), number: z.int().nullable() })),
})
export const templatesPageSchema = z.object({
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  slots: z.array(templateSlotSchema),
  limit: z.int(),
  may: z.boolean(),
})
export type TemplatesPage = z.infer<typeof templatesPageSchema>
export type TemplateSlot = z.infer<typeof templateSlotSchema>

export const templateChoiceSchema = z.strictObject({
  kind: z.enum(documentKinds),
  language: z.enum(languages),
  template: z.uuid().nullable(),
  /** What was in force on the screen. */
  seen: z.uuid().nullable(),
})

// Workbooks.

export const plannerForms = ['check-sheet', 'contract-sheet', 'comparison'] as const
export type PlannerForm = (typeof plannerForms)[number]
export const formQuery = z.strictObject({ language: z.enum(formLanguages).default('ja') })

export const formPreviewSchema = z.object({
  sheet: z.enum(formKinds),
  sha256: z.string(),
  fileName: z.string(),
  faults: z.array(formFaultSchema),
  /** How many there are; the list ends at 200. */
  faultCount: z.int(),
  differences: z.array(differenceSchema),
  /** Cells that can be filled in, of all rows: those that are the same are `cells - differences`. */
  cells: z.int(),
  /** What a person saw before saying yes. */
  seen: z.string(),
})
export type FormPreview = z.infer<typeof formPreviewSchema>

export const takeFormSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(255),
  /** Of the preview. */
  seen: z.string().regex(/^[0-9a-f]{64}$/),
  /** For each conflict, by `P06 reason`: which one is taken. */
  choices: z.record(z.string().max(200), z.enum(['file', 'now'])).default({}),
})
export const takenFormSchema = z.object({ cells: z.int(), rows: z.int() })
