import * as z from 'zod'

export const collectionKinds = ['answer', 'advice'] as const
export type CollectionKind = (typeof collectionKinds)[number]

/** Where a question stands; what leads from one to the next is in workflow.ts. */
export const states = ['draft', 'asked', 'taken', 'answered', 'closed', 'withdrawn'] as const
export type State = (typeof states)[number]

/** What the thread holds: what both sides wrote, and what became of the question. */
export const entryTypes = [
  'asked',
  'taken',
  'handed-over',
  'deadline-set',
  'answered',
  'followed-up',
  'closed',
  'withdrawn',
  'published',
  'unpublished',
] as const
export type EntryType = (typeof entryTypes)[number]

export const subjectSchema = z.string().trim().min(1).max(200)
export const longTextSchema = z.string().trim().min(1).max(20_000)
export const noteSchema = z.string().trim().min(1).max(2000)
export const itemIdsSchema = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/)).max(50)

/** Whose names a published text must not hold. */
export const nameKinds = ['organisation', 'unit', 'system', 'supplier', 'person', 'number'] as const
export type NameKind = (typeof nameKinds)[number]
export type KnownName = { readonly kind: NameKind; readonly name: string }
