import * as z from 'zod'

import type { App } from '#platform/http.ts'
import { AppError } from '#platform/errors.ts'

import {
  catalogDiffSchema,
  catalogEditionSchema,
  catalogsSchema,
  type CatalogDiff,
  type CatalogSummary,
} from './api.ts'
import type { Entry, Library } from './catalog-library.ts'
import { diffCatalogs } from './diff-catalogs.ts'
import { type Catalog, parts } from './model.ts'
import { provenanceIn, type Provenance } from './model-texts.ts'

export type CatalogDeps = {
  readonly library: Library
  /** The edition by which the finder judges. */
  readonly finderInForce: () => { readonly catalog: string; readonly edition: string }
}

const tags = ['catalog']
const which = { id: z.string().max(120), edition: z.string().max(60) }

export function catalogRoutes(app: App, deps: CatalogDeps): void {
  app.get(
    '/api/v1/catalogs',
    {
      config: { action: 'read-rules' },
      schema: { tags, summary: 'Every edition of every catalog that is loaded', response: { 200: catalogsSchema } },
    },
    async () => ({
      catalogs: deps.library.list().map((entry) => summaryOf(entry, isInForce(entry, deps.finderInForce()))),
    }),
  )
  app.get(
    '/api/v1/catalogs/:id/:edition',
    {
      config: { action: 'read-rules' },
      schema: {
        tags,
        summary: 'One edition as data, in the form of docs/catalog-authoring.md; the ETag is its digest',
        params: z.strictObject(which),
        response: { 200: catalogEditionSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const entry = find(deps.library, request.params.id, request.params.edition)
      const etag = `"${entry.digest}"`
      void reply.header('etag', etag).header('cache-control', 'private, no-cache')
      if (request.headers['if-none-match'] === etag) return reply.status(304).send(null)
      // It was checked when it was loaded, and is large: it goes out as it is.
      return reply.serializer((body) => JSON.stringify(body)).send({ digest: entry.digest, catalog: entry.content })
    },
  )
  app.get(
    '/api/v1/catalogs/:id/:edition/diff/:other',
    {
      config: { action: 'read-rules' },
      schema: {
        tags,
        summary: 'What was added, removed and changed from one edition to another of the same catalog',
        params: z.strictObject({ ...which, other: which.edition }),
        response: { 200: catalogDiffSchema },
      },
    },
    async (request) => {
      const { id, edition, other } = request.params
      return diffOf(find(deps.library, id, edition), find(deps.library, id, other))
    },
  )
}

/** @throws AppError `not-found` */
function find(library: Library, catalog: string, edition: string): Entry {
  const entry = library.get(catalog, edition)
  if (!entry) throw new AppError('not-found', { catalog, edition })
  return entry
}

const isInForce = (entry: Entry, now: { catalog: string; edition: string }) =>
  entry.catalog === now.catalog && entry.edition === now.edition

function summaryOf(entry: Entry, inForce: boolean): CatalogSummary {
  const { content, digest } = entry
  const counted = parts.map((part) => [part, content[part].length] as const)
  return {
    id: content.id,
    edition: content.edition,
    title: content.title,
    publisher: content.publisher,
    digest,
    released: content.released ?? null,
    parts: Object.fromEntries(counted.filter(([, n]) => n > 0)),
    lists: content.lists.map((list) => ({ id: list.id, title: list.title, items: list.items?.length ?? 0 })),
    marks: marksOf(content),
    inForce,
  }
}

/** An item counts under the weakest of its marks: a sentence on two kinds of source carries the weaker one. */
function marksOf(content: Catalog): Record<Provenance, number> {
  const marks = { official: 0, secondary: 0, preset: 0 }
  const items = [
    ...content.questions,
    ...content.tables.flatMap((table) => table.rules),
    ...content.outcomes,
    ...content.duties,
    ...content.lists.flatMap((list) => list.items ?? []),
  ]
  for (const item of items) {
    const own = content.languages.map((language) => provenanceIn(language, item, content))
    marks[own.includes('preset') ? 'preset' : own.includes('secondary') ? 'secondary' : 'official']++
  }
  return marks
}

const ref = ({ catalog, edition, digest }: Entry) => ({ id: catalog, edition, digest })

function diffOf(from: Entry, to: Entry): CatalogDiff {
  const diff = diffCatalogs(from.content, to.content)
  return {
    from: ref(from),
    to: ref(to),
    changes: [
      ...diff.header.map((c) => ({
        part: 'header',
        id: '',
        kind: 'changed' as const,
        at: c.path,
        from: c.old,
        to: c.new,
      })),
      ...diff.added.map((item) => ({
        ...item,
        kind: 'added' as const,
        at: '',
        from: null,
        to: itemIn(to.content, item),
      })),
      ...diff.removed.map((item) => ({
        ...item,
        kind: 'removed' as const,
        at: '',
        from: itemIn(from.content, item),
        to: null,
      })),
      ...diff.changed.flatMap(({ part, id, changes }) =>
        changes.map((c) => ({ part, id, kind: 'changed' as const, at: c.path, from: c.old, to: c.new })),
      ),
    ],
  }
}

/** A part of the catalog, or a list of it, by the name that the comparison uses. */
function itemIn(content: Catalog, { part, id }: { part: string; id: string }): unknown {
  const ofPart = (content as unknown as Record<string, readonly { id: string }[] | undefined>)[part]
  const items = ofPart ?? content.lists.find((list) => list.id === part)?.items ?? []
  return items.find((item) => item.id === id) ?? null
}
