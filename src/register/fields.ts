/**
 * The fields of the register: this table is the documentation. Forms, lists, filters, counts, import maps, exports, the
 * history and the finder's prefill all read it. Labels and the words for codes are in `web/texts/<language>/fields.ts`.
 * Which fields exist and their codes are our own proposal; the axes they serve are DS-920 v1.0, High-Risk AI Project Finder.
 */

export type FieldKind =
  | 'text' // one line
  | 'long-text' // several lines
  | 'code' // one of `codes`
  | 'codes' // any of `codes`
  | 'number' // in `unit`
  | 'date' // ISO 8601, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD
  | 'supplier' // id of a supplier
  | 'models' // ids of models

export type FieldGroup =
  | 'identity'
  | 'people'
  | 'stage'
  | 'procurement'
  | 'model'
  | 'information'
  | 'judgement'
  | 'effect'

export type Field = {
  /** `system` fields are shared by all uses of a system; `use` fields are weighed use by use. */
  readonly scope: 'system' | 'use'
  readonly kind: FieldKind
  readonly group: FieldGroup
  readonly codes?: readonly string[]
  readonly unit?: 'people' | 'hours-a-year'
  /** Must be there before anything can be stored. */
  readonly required?: true
  /** Its text is found by the search. */
  readonly searched?: true
  /** Counted in "not yet reported" on the overview. */
  readonly reported?: true
}

const yesNo = ['yes', 'no'] as const

export const stages = ['idea', 'planning', 'procurement', 'build-test', 'operation', 'suspended', 'retired'] as const
export type Stage = (typeof stages)[number]

export const fields = {
  name: { scope: 'system', kind: 'text', group: 'identity', required: true, searched: true },
  'name-reading': { scope: 'system', kind: 'text', group: 'identity', searched: true },
  'name-en': { scope: 'system', kind: 'text', group: 'identity', searched: true },
  /** Named only when a system has several uses. */
  'use-name': { scope: 'use', kind: 'text', group: 'identity', searched: true },
  purpose: { scope: 'use', kind: 'long-text', group: 'identity', searched: true, reported: true },
  'field-of-work': {
    scope: 'use',
    kind: 'code',
    group: 'identity',
    reported: true,
    codes: [
      'drafting-summarising',
      'counter-enquiries',
      'research-search',
      'examination-support',
      'translation',
      'data-analysis',
      'programming',
      'citizen-service',
      'field-operations',
      'other',
    ],
  },
  technology: {
    scope: 'use',
    kind: 'codes',
    group: 'identity',
    codes: [
      'generative', // what it generates is not said
      'generative-text',
      'generative-image',
      'generative-voice',
      'generative-video',
      'generative-code',
      'agent',
      'predictive-ml',
      'computer-vision',
      'language-processing',
      'speech-recognition',
      'reinforcement-learning',
      'other',
    ],
  },
  'source-id': { scope: 'system', kind: 'text', group: 'identity', searched: true },

  'planner-unit': { scope: 'system', kind: 'text', group: 'people', searched: true, reported: true },
  'provider-unit': { scope: 'system', kind: 'text', group: 'people', searched: true, reported: true },
  /** Who is told of questions and incidents; asked for by the step into operation (catalogs/stage-needs-1). */
  'contact-unit': { scope: 'system', kind: 'text', group: 'people' },
  'users-kind': {
    scope: 'use',
    kind: 'code',
    group: 'people',
    reported: true,
    codes: ['own-ministry', 'several-organisations', 'citizens-outside'],
  },
  'users-text': { scope: 'use', kind: 'text', group: 'people' },
  'users-count': { scope: 'use', kind: 'number', group: 'people', unit: 'people' },

  stage: { scope: 'system', kind: 'code', group: 'stage', codes: stages, reported: true },
  'idea-since': { scope: 'system', kind: 'date', group: 'stage' },
  'planning-since': { scope: 'system', kind: 'date', group: 'stage' },
  'procurement-since': { scope: 'system', kind: 'date', group: 'stage' },
  'build-test-since': { scope: 'system', kind: 'date', group: 'stage' },
  'operation-since': { scope: 'system', kind: 'date', group: 'stage' },
  'suspended-since': { scope: 'system', kind: 'date', group: 'stage' },
  'retired-since': { scope: 'system', kind: 'date', group: 'stage' },

  'service-kind': {
    scope: 'system',
    kind: 'code',
    group: 'procurement',
    reported: true,
    codes: [
      'ready-made-service',
      'ai-platform-own-application',
      'made-to-order',
      'tuned-or-trained',
      'self-hosted-open-model',
      'feature-by-update',
    ],
  },
  supplier: { scope: 'system', kind: 'supplier', group: 'procurement', searched: true, reported: true },
  'contract-start': { scope: 'system', kind: 'date', group: 'procurement' },
  'contract-end': { scope: 'system', kind: 'date', group: 'procurement' },
  'budget-project': { scope: 'system', kind: 'text', group: 'procurement' },
  ismap: {
    scope: 'system',
    kind: 'code',
    group: 'procurement',
    reported: true,
    codes: ['listed', 'listed-liu', 'in-process', 'not-listed'],
  },

  models: { scope: 'system', kind: 'models', group: 'model', searched: true, reported: true },
  'hosting-country': { scope: 'system', kind: 'text', group: 'model', reported: true },
  modality: {
    scope: 'system',
    kind: 'codes',
    group: 'model',
    codes: ['text', 'image', 'voice', 'video', 'code', 'table'],
  },
  tools: { scope: 'system', kind: 'text', group: 'model' },
  autonomy: {
    scope: 'system',
    kind: 'code',
    group: 'model',
    codes: ['answers-only', 'acts-after-approval', 'acts-alone'],
  },

  'information-class': {
    scope: 'use',
    kind: 'code',
    group: 'information',
    codes: ['confidentiality-1', 'confidentiality-2', 'confidentiality-3'],
    reported: true,
  },
  'personal-data': { scope: 'use', kind: 'code', group: 'information', codes: yesNo, reported: true },
  'inputs-for-training': { scope: 'system', kind: 'code', group: 'information', codes: yesNo, reported: true },
  'confidential-in-training': { scope: 'use', kind: 'code', group: 'information', codes: yesNo },
  'personal-in-training': { scope: 'use', kind: 'code', group: 'information', codes: yesNo },

  'text-generative': { scope: 'use', kind: 'code', group: 'judgement', codes: yesNo },
  'sensitive-field': { scope: 'use', kind: 'code', group: 'judgement', codes: yesNo },
  'special-secret': { scope: 'use', kind: 'code', group: 'judgement', codes: yesNo },
  'error-harm': {
    scope: 'use',
    kind: 'code',
    group: 'judgement',
    codes: ['none', 'limited', 'serious'],
    reported: true,
  },
  'human-judgement': {
    scope: 'use',
    kind: 'code',
    group: 'judgement',
    codes: ['all', 'some', 'none'],
    reported: true,
  },
  /** What another government's form says of the risk: shown as the sender's statement, never used as our judgement. */
  'sender-risk-label': { scope: 'use', kind: 'text', group: 'judgement' },

  'expected-effect': { scope: 'use', kind: 'long-text', group: 'effect' },
  'expected-hours': { scope: 'use', kind: 'number', group: 'effect', unit: 'hours-a-year', reported: true },
  'measured-effect': { scope: 'use', kind: 'long-text', group: 'effect' },
  'measured-hours': { scope: 'use', kind: 'number', group: 'effect', unit: 'hours-a-year', reported: true },
  /** When and how proper use, safety and quality are verified after introduction (DS-920 PLN-05, PRV-02). */
  'verification-plan': { scope: 'system', kind: 'long-text', group: 'effect' },
  'reuse-by-others': {
    scope: 'system',
    kind: 'code',
    group: 'effect',
    codes: ['yes', 'on-request', 'no'],
    reported: true,
  },
  /** Who may see the record at all: the database reads it (migrations/0005_isolation.sql). Not said means the ministry. */
  circulation: { scope: 'system', kind: 'code', group: 'identity', codes: ['unit-only', 'ministry'] },
} as const satisfies Record<string, Field>

export type FieldId = keyof typeof fields
export const fieldIds = Object.keys(fields) as readonly FieldId[]

/** Reads the table without the literal types, for code that treats all fields alike. */
export const fieldOf = (id: FieldId): Field => fields[id]
export const isFieldId = (id: string): id is FieldId => Object.hasOwn(fields, id)
