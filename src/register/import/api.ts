import { z } from 'zod'

import { delimiters, encodings } from '#register/spreadsheet/grid.ts'

/** Shapes of the import's requests and answers; shared with the web. */

const count = z.object({ code: z.string(), count: z.int() })
const params = z.record(z.string(), z.unknown())
export const mark = z.object({ code: z.string(), params: params.optional() })
export type Mark = z.infer<typeof mark>
const facts = z.record(z.string(), z.unknown())
const outcome = z.enum(['stored', 'rejected'])

export const sheetSchema = z.object({
  name: z.string(),
  state: z.enum(['visible', 'hidden', 'very-hidden']),
  /** Rows that the file declares for the sheet, blank formatted ones included. */
  rows: z.int(),
  chosen: z.boolean(),
})

const candidate = z.object({
  encoding: z.string(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  /** The first places where the guess matters, as this encoding shows them. */
  sample: z.array(z.string()),
})
/** Best first; the person may choose another. */
export const encodingSchema = candidate.extend({ candidates: z.array(candidate) })

export const importFileSchema = z.object({
  sha256: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  format: z.enum(['csv', 'xlsx']),
  sheets: z.array(sheetSchema),
  encoding: encodingSchema.nullable(),
  alreadyImported: z.object({ importId: z.uuid(), at: z.string() }).nullable(),
  warnings: z.array(mark),
})
export type ImportFile = z.infer<typeof importFileSchema>

/** How a file is to be read; what is left out is guessed and the guess is shown. */
export const readingSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(500),
  sheet: z.string().optional(),
  encoding: z.enum(encodings).optional(),
  /** Bytes that the encoding does not have are refused, unless a person says that they may be replaced. */
  invalidBytes: z.enum(['refuse', 'replace']).optional(),
  delimiter: z.enum(delimiters).optional(),
  /** Row of the header, counted from 1 as the original counts. */
  headerRow: z.int().min(1).optional(),
  /** Id of a saved or shipped map, or the map itself. */
  map: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  organisationId: z.uuid().optional(),
})
export type ReadingRequest = z.infer<typeof readingSchema>

export const previewRequestSchema = readingSchema.extend({
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(20),
  show: z.enum(['all', 'rejected', 'flagged']).default('all'),
})

export const previewRowSchema = z.object({
  rowNumber: z.int(),
  outcome,
  sourceId: z.string().nullable(),
  name: z.string().nullable(),
  organisation: z.array(z.string()),
  facts,
  cells: z.array(z.string()),
  reasons: z.array(mark),
  flags: z.array(mark),
})

export const previewSchema = z.object({
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  headerGuess: z.int(),
  header: z.array(z.string()),
  map: z.record(z.string(), z.unknown()),
  /** The map was put together from the headers, not chosen. */
  mapProposed: z.boolean(),
  columns: z.array(
    z.object({
      position: z.int(),
      header: z.string(),
      example: z.string(),
      field: z.string().nullable(),
      reading: z.string(),
      flagged: z.int(),
    }),
  ),
  rows: z.int(),
  stored: z.int(),
  rejected: z.int(),
  flagged: z.int(),
  reasons: z.array(count),
  flags: z.array(count),
  warnings: z.array(mark),
  page: z.array(previewRowSchema),
  next: z.int().nullable(),
  alreadyImported: z.object({ importId: z.uuid(), at: z.string() }).nullable(),
})
export type Preview = z.infer<typeof previewSchema>

export const importSchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  bytes: z.number(),
  format: z.string(),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  headerRow: z.int(),
  mapName: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'undone']),
  progress: z.object({ done: z.int(), all: z.int(), step: z.string() }).nullable(),
  rows: z.int(),
  stored: z.int(),
  rejected: z.int(),
  reasons: z.array(count),
  flags: z.array(count),
  /** Systems of this import that were edited afterwards; undoing takes them out too. */
  editedSince: z.int(),
  error: mark.nullable(),
  at: z.string(),
  finishedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  organisation: z.object({ id: z.uuid(), name: z.object({ ja: z.string(), en: z.string() }) }),
  actor: z
    .object({ name: z.object({ ja: z.string(), en: z.string() }), post: z.object({ ja: z.string(), en: z.string() }) })
    .nullable(),
  demo: z.boolean(),
})
export type Import = z.infer<typeof importSchema>

export const importRowSchema = z.object({
  rowNumber: z.int(),
  outcome,
  reasons: z.array(mark),
  flags: z.array(mark),
  cells: z.array(z.string()),
  systemId: z.uuid().nullable(),
})
export type ImportRow = z.infer<typeof importRowSchema>

export const originSchema = z.object({
  import: z.object({
    id: z.uuid(),
    fileName: z.string(),
    encoding: z.string().nullable(),
    sheet: z.string().nullable(),
    headerRow: z.int(),
    at: z.string(),
  }),
  rowNumber: z.int(),
  cells: z.array(
    z.object({
      position: z.int(),
      header: z.string(),
      raw: z.string(),
      field: z.string().nullable(),
      /** As it was imported, and as it stands now. */
      fact: z.unknown().nullable(),
      now: z.unknown().nullable(),
      same: z.boolean(),
    }),
  ),
  flags: z.array(mark),
})
export type Origin = z.infer<typeof originSchema>

export const savedMapSchema = z.object({
  id: z.string(),
  name: z.object({ ja: z.string(), en: z.string() }),
  shipped: z.boolean(),
  version: z.int(),
  map: z.record(z.string(), z.unknown()),
})

/** More rows than this are chosen by condition. */
export const exportUses = 200
export const exportRequestSchema = z.strictObject({
  profile: z.enum(['register', 'round-trip']),
  format: z.enum(['csv', 'xlsx', 'json']),
  encoding: z.enum(['utf-8', 'utf-8-bom', 'cp932']).default('utf-8-bom'),
  importId: z.uuid().optional(),
  language: z.enum(['ja', 'en']).default('ja'),
  /** Leading `= + - @` made harmless for spreadsheet programs; the round trip is exact only without. */
  harmless: z.union([z.boolean(), z.stringbool()]).default(false),
  /** The list's filter, as its query string. */
  filter: z.string().max(4000).optional(),
  /** Ids of the uses that a person chose row by row, joined by commas; then no filter counts. */
  uses: z
    .string()
    .max(exportUses * 37)
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/)
    .optional(),
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

export const exportPlanSchema = z.object({
  fileName: z.string(),
  rows: z.int(),
  columns: z.int(),
  drops: z.array(mark),
  cannotHold: z.array(z.object({ row: z.int(), column: z.int(), character: z.string() })),
})
export type ExportPlan = z.infer<typeof exportPlanSchema>
