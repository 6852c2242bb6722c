import { z } from 'zod'

/** Documents that are made of a procurement. Names and content of the annexes are ours. */
export const documentKinds = ['specification-annex', 'contract-annex', 'evaluation-record'] as const
export type DocumentKind = (typeof documentKinds)[number]
export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]
export const documentFormats = ['docx', 'pdf'] as const
export type DocumentFormat = (typeof documentFormats)[number]

/** One thing that a template may name: `{{件名}}` and `{{subject}}` are the same. */
export type Placeholder = {
  readonly id: string
  readonly ja: string
  readonly en: string
  /** Stands alone in a paragraph and becomes headings, paragraphs and tables. */
  readonly block: boolean
  /** A template without it is refused: the document would lose its content, or its way back to the sheet. */
  readonly required: boolean
}

const one = (id: string, ja: string, en: string, required = false): Placeholder => ({
  id,
  ja,
  en,
  block: false,
  required,
})
const block = (id: string, ja: string, en: string, required = false): Placeholder => ({
  id,
  ja,
  en,
  block: true,
  required,
})

const common: readonly Placeholder[] = [
  one('subject', '件名', 'subject', true),
  one('number', '番号', 'number', true),
  one('version', '版', 'version', true),
  one('digest', '要約値', 'digest', true),
  one('system', 'システム名', 'system'),
  one('ministry', '府省名', 'ministry'),
  one('pattern', '調達パターン', 'pattern'),
  one('guideline', '基準', 'guideline'),
  one('date', '日付', 'date'),
  block('contents', '目次', 'contents'),
]

/** The closed list of each kind of document; docs/ja/templates.md and docs/en/templates.md describe it. */
export const placeholders: Readonly<Record<DocumentKind, readonly Placeholder[]>> = {
  'specification-annex': [
    ...common,
    block('items-table', '項目の一覧', 'items-table'),
    block('items', '項目の本文', 'items', true),
    block('provenance', '出所の注記', 'provenance', true),
    block('excluded', '対象外の項目', 'excluded'),
  ],
  'contract-annex': [
    ...common,
    block('clauses', '条項', 'clauses', true),
    block('contract-checks', '契約の確認', 'contract-checks', true),
    block('provenance', '出所の注記', 'provenance', true),
    block('excluded', '対象外の項目', 'excluded'),
  ],
  'evaluation-record': [
    ...common,
    block('bidders', '応札者の一覧', 'bidders', true),
    block('matrix', '評価の一覧', 'matrix', true),
    block('reasons', '評価の理由', 'reasons', true),
    block('award', '選定の結果', 'award', true),
    block('provenance', '出所の注記', 'provenance'),
  ],
}

/** As written between the braces; width and blanks do not matter. */
export const placeholderKey = (written: string): string => written.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

export function placeholderOf(kind: DocumentKind, written: string): Placeholder | undefined {
  const key = placeholderKey(written)
  return placeholders[kind].find(({ ja, en }) => placeholderKey(ja) === key || placeholderKey(en) === key)
}

/** Why a template is not taken. `around` is the text of the paragraph, `place` the part of the document. */
export const templatePlaces = ['body', 'header', 'footer', 'note'] as const
export const templateFaultSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('unknown-placeholder'),
    name: z.string(),
    near: z.string().nullable(),
    around: z.string(),
    place: z.enum(templatePlaces),
  }),
  z.object({ code: z.literal('placeholder-not-closed'), around: z.string(), place: z.enum(templatePlaces) }),
  z.object({ code: z.literal('block-not-alone'), name: z.string(), around: z.string(), place: z.enum(templatePlaces) }),
  z.object({
    code: z.literal('block-not-in-body'),
    name: z.string(),
    around: z.string(),
    place: z.enum(templatePlaces),
  }),
  z.object({ code: z.literal('block-twice'), name: z.string() }),
  z.object({ code: z.literal('missing-placeholder'), name: z.string() }),
  z.object({ code: z.literal('macros'), part: z.string() }),
  z.object({ code: z.literal('not-docx'), found: z.string() }),
  z.object({ code: z.literal('active-content'), part: z.string() }),
  z.object({ code: z.literal('remote-template'), target: z.string() }),
  z.object({ code: z.literal('external-relation'), kind: z.string(), target: z.string() }),
  z.object({ code: z.literal('outside-field'), field: z.string(), around: z.string() }),
  z.object({ code: z.literal('tracked-changes'), around: z.string() }),
])
export type TemplateFault = z.infer<typeof templateFaultSchema>
