import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { etagOf, seenVersion } from '#access/request.ts'
import type { App } from '#platform/http.ts'

import {
  modelChangeSchema,
  modelSchema,
  newModelSchema,
  newSavedViewSchema,
  newSupplierSchema,
  savedViewSchema,
  supplierChangeSchema,
  supplierSchema,
} from './api-names.ts'
import { changeModel, createModel } from './models.ts'
import type { RegisterDeps } from './routes.ts'
import { deleteView, listViews, saveView } from './saved-views.ts'
import { listModels, listSuppliers } from './store-name-lists.ts'
import { changeSupplier, createSupplier } from './suppliers.ts'

const tags = ['register']
const one = z.strictObject({ id: z.uuid() })
const q = z.string().max(500).optional()

/** Suppliers and models are shared by all ministries: a version that is sent is checked, one that is not is not asked for. */
const sentVersion = (request: FastifyRequest) =>
  request.headers['if-match'] === undefined ? undefined : seenVersion(request)

export function nameRoutes(app: App, deps: RegisterDeps): void {
  supplierRoutes(app, deps)
  modelRoutes(app, deps)
  viewRoutes(app, deps)
}

function supplierRoutes(app: App, deps: RegisterDeps): void {
  app.get(
    '/api/v1/suppliers',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Suppliers by name, the first 50',
        querystring: z.strictObject({ q }),
        response: { 200: z.object({ items: z.array(supplierSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-register')
      return { items: await listSuppliers(deps.db, request.query) }
    },
  )
  app.post(
    '/api/v1/suppliers',
    {
      config: { action: 'register-system' },
      schema: {
        tags,
        summary: 'Find the supplier of this name, or add it',
        body: newSupplierSchema,
        response: { 200: supplierSchema, 201: supplierSchema },
      },
    },
    async (request, reply) => {
      const { supplier, created } = await createSupplier(deps, request.actor, request.body)
      return reply.status(created ? 201 : 200).send(supplier)
    },
  )
  app.patch(
    '/api/v1/suppliers/:id',
    {
      config: { action: 'change-system' },
      schema: {
        tags,
        summary: 'Change a supplier',
        params: one,
        body: supplierChangeSchema,
        response: { 200: supplierSchema },
      },
    },
    async (request, reply) => {
      const input = { id: request.params.id, version: sentVersion(request), change: request.body }
      const supplier = await changeSupplier(deps, request.actor, input)
      return reply.header('etag', etagOf(supplier.version)).send(supplier)
    },
  )
}

function modelRoutes(app: App, deps: RegisterDeps): void {
  app.get(
    '/api/v1/models',
    {
      config: { action: 'read-register' },
      schema: {
        tags,
        summary: 'Models by name, of one supplier or of all; the first 50',
        querystring: z.strictObject({ q, supplier: z.uuid().optional() }),
        response: { 200: z.object({ items: z.array(modelSchema) }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-register')
      return { items: await listModels(deps.db, request.query) }
    },
  )
  app.post(
    '/api/v1/models',
    {
      config: { action: 'register-system' },
      schema: {
        tags,
        summary: 'Find the model of this name, version and supplier, or add it',
        body: newModelSchema,
        response: { 200: modelSchema, 201: modelSchema },
      },
    },
    async (request, reply) => {
      const { model, created } = await createModel(deps, request.actor, request.body)
      return reply.status(created ? 201 : 200).send(model)
    },
  )
  app.patch(
    '/api/v1/models/:id',
    {
      config: { action: 'change-system' },
      schema: { tags, summary: 'Change a model', params: one, body: modelChangeSchema, response: { 200: modelSchema } },
    },
    async (request, reply) => {
      const input = { id: request.params.id, version: sentVersion(request), change: request.body }
      const model = await changeModel(deps, request.actor, input)
      return reply.header('etag', etagOf(model.version)).send(model)
    },
  )
}

function viewRoutes(app: App, deps: RegisterDeps): void {
  app.get(
    '/api/v1/saved-views',
    {
      config: { action: 'keep-views' },
      schema: { tags, summary: 'Own saved views', response: { 200: z.object({ items: z.array(savedViewSchema) }) } },
    },
    async (request) => ({ items: await listViews(deps.db, request.actor) }),
  )
  app.post(
    '/api/v1/saved-views',
    {
      config: { action: 'keep-views' },
      schema: { tags, summary: 'Save a view', body: newSavedViewSchema, response: { 201: savedViewSchema } },
    },
    async (request, reply) => reply.status(201).send(await saveView(deps, request.actor, request.body)),
  )
  app.delete(
    '/api/v1/saved-views/:id',
    {
      config: { action: 'keep-views' },
      schema: { tags, summary: 'Delete a saved view of one’s own', params: one, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await deleteView(deps, request.actor, request.params.id)
      return reply.status(204).send(null)
    },
  )
}
