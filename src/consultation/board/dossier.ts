import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { answersSchema } from '#finder/api.ts'
import { anyFactSchema, verdictSchema } from '#register/api.ts'
import type { Facts } from '#register/model.ts'

import { partAbsences, partSchema } from './model.ts'

/** What stands in a dossier. Frozen as canonical JSON; a field added later is optional, so that old dossiers stay readable. */

const facts = z.record(z.string(), anyFactSchema) as unknown as z.ZodType<Facts>
const words = z.record(z.string(), z.string())

const axisSchema = z.object({
  id: z.string(),
  title: words,
  /** `raised`, `half`, `clear`, or nothing where the answers do not settle it. */
  state: z.string().nullable(),
  stateTitle: words.nullable(),
})
export type DossierAxis = z.infer<typeof axisSchema>

const assessmentSchema = z.object({
  id: z.uuid(),
  catalog: z.string(),
  edition: z.string(),
  digest: z.string(),
  outcome: z.string(),
  answers: answersSchema,
  axes: z.array(axisSchema),
  /** The rules that decided, as the edition words them. */
  reasons: z.array(z.object({ rule: z.string(), title: words, provenance: z.record(z.string(), z.string()) })),
  madeAt: z.string(),
  madeBy: nameSchema.nullable(),
  judgement: z
    .object({ verdict: z.string(), reason: z.string(), at: z.string(), by: nameSchema.nullable() })
    .nullable(),
})

export const dossierUseSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  name: z.string().nullable(),
  facts,
  verdict: verdictSchema,
  ruledVerdict: verdictSchema.nullable(),
  stale: z.boolean(),
  assessment: assessmentSchema.nullable(),
})
export type DossierUse = z.infer<typeof dossierUseSchema>

export const supplierInDossier = z.object({ id: z.uuid(), name: z.string(), country: z.string().nullable() })
export const modelInDossier = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.string(),
  supplierId: z.uuid().nullable(),
  hostingCountry: z.string().nullable(),
  modality: z.array(z.string()),
  tools: z.string(),
  autonomy: z.string().nullable(),
})

/** What the register says of a system at one moment: frozen with the dossier, and read again to be compared. */
export const registerStateSchema = z.object({
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  system: z.object({ id: z.uuid(), number: z.string(), name: z.string(), facts }),
  suppliers: z.array(supplierInDossier),
  models: z.array(modelInDossier),
  uses: z.array(dossierUseSchema),
})
export type RegisterState = z.infer<typeof registerStateSchema>

export const dossierPartSchema = z.object({
  part: partSchema,
  text: z.string(),
  absent: z.enum(partAbsences).nullable(),
  because: z.string().nullable(),
})
export const dossierEvidenceSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  classification: z.string(),
})

export const dossierFormat = 'tenbin-dossier/1'
export const dossierSchema = z.object({
  format: z.literal(dossierFormat),
  case: z.object({ id: z.uuid(), number: z.string(), version: z.int(), title: z.string() }),
  submitted: z.object({ at: z.string(), role: z.string(), post: nameSchema.nullable() }),
  register: registerStateSchema,
  parts: z.array(dossierPartSchema),
  evidence: z.array(dossierEvidenceSchema),
})
export type Dossier = z.infer<typeof dossierSchema>
