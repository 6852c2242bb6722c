import * as z from 'zod'

import { fieldOf } from './fields.ts'

/** Suppliers, models and saved views. */

const line = (max: number) => z.string().trim().max(max)
const named = line(500).min(1)
const modality = z.array(z.enum(fieldOf('modality').codes as [string, ...string[]])).max(20)
const autonomy = z.enum(fieldOf('autonomy').codes as [string, ...string[]])

export const supplierSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  nameEn: z.string(),
  country: z.string().nullable(),
  corporateNumber: z.string().nullable(),
  /** Systems that it supplies or whose model is its own. */
  systems: z.int(),
  version: z.int(),
})
export type Supplier = z.infer<typeof supplierSchema>
/** 法人番号: 13 digits, the first a check digit (National Tax Agency). */
const corporateNumber = z.string().regex(/^[1-9]\d{12}$/)
export const newSupplierSchema = z.strictObject({
  name: named,
  nameEn: line(500).optional(),
  country: line(200).min(1).optional(),
  corporateNumber: corporateNumber.optional(),
})
export type NewSupplier = z.infer<typeof newSupplierSchema>
export const supplierChangeSchema = z.strictObject({
  name: named.optional(),
  nameEn: line(500).optional(),
  country: line(200).min(1).nullable().optional(),
  corporateNumber: corporateNumber.nullable().optional(),
})
export type SupplierChange = z.infer<typeof supplierChangeSchema>

export const modelSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  modelVersion: z.string(),
  supplierId: z.uuid().nullable(),
  supplierName: z.string().nullable(),
  hostingCountry: z.string().nullable(),
  modality: z.array(z.string()),
  tools: z.string(),
  autonomy: z.string().nullable(),
  systems: z.int(),
  version: z.int(),
})
export type Model = z.infer<typeof modelSchema>
const modelParts = {
  modelVersion: line(200).optional(),
  hostingCountry: line(200).min(1).nullable().optional(),
  modality: modality.optional(),
  tools: line(2000).optional(),
  autonomy: autonomy.nullable().optional(),
  supplierId: z.uuid().nullable().optional(),
}
export const newModelSchema = z.strictObject({ name: named, ...modelParts })
export type NewModel = z.infer<typeof newModelSchema>
export const modelChangeSchema = z.strictObject({ name: named.optional(), ...modelParts })
export type ModelChange = z.infer<typeof modelChangeSchema>

export const savedViewSchema = z.object({ id: z.uuid(), name: z.string(), query: z.record(z.string(), z.string()) })
export type SavedView = z.infer<typeof savedViewSchema>
export const newSavedViewSchema = z.strictObject({
  name: line(100).min(1),
  query: z.record(z.string().max(100), z.string().max(2000)).refine((q) => Object.keys(q).length <= 100),
})
export type NewSavedView = z.infer<typeof newSavedViewSchema>
