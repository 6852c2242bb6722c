import { type Field, fieldIds, type FieldId, fieldOf, stages } from './fields.ts'
import { type Facts, stateOf, textOf, valueOf, type Verdict } from './model.ts'
import { orderOf } from './model-verdict.ts'
import { gramsOfKey, searchKey } from './search-key.ts'

export type SupplierName = { readonly id: string; readonly name: string; readonly nameEn: string }
export type ModelName = {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly supplierId: string | null
}

/** What the row of a use is derived from. */
export type RowSource = {
  readonly system: {
    readonly number: string
    readonly facts: Facts
    readonly importId: string | null
    readonly demo: boolean
  }
  readonly use: {
    readonly facts: Facts
    readonly verdict: Verdict
    readonly stale: boolean
    readonly judged: boolean
    readonly several: boolean
  }
  /** `path`: ids root first; `codePath`: their codes, joined by `/`. */
  readonly organisation: { readonly path: readonly string[]; readonly codePath: string }
  readonly suppliers: ReadonlyMap<string, SupplierName>
  readonly models: ReadonlyMap<string, ModelName>
}

/** The columns of `ai_use` that hold nothing of their own: lists, filters and search read them. */
export type Row = {
  readonly name: string
  readonly nameKey: string
  readonly purpose: string
  readonly stage: string
  readonly stageOrder: number
  readonly verdictOrder: number
  readonly sortName: string
  readonly sortOrganisation: string
  readonly facets: readonly string[]
  readonly searchKey: string
  readonly grams: readonly number[]
}

/** A B-tree entry must stay below a third of a page (8 kB); 200 characters are more than any two names share. */
const keyLength = 200

export function deriveRow(source: RowSource): Row {
  const { system, use } = source
  const facts: Facts = { ...system.facts, ...use.facts }
  const systemName = textOf(facts, 'name')
  const useName = use.several ? textOf(facts, 'use-name') : ''
  const stage = textOf(facts, 'stage') || stateOf(facts, 'stage')
  const words = searchedTexts(source, facts).map(searchKey)
  return {
    name: useName === '' ? systemName : `${systemName} › ${useName}`,
    nameKey: searchKey(systemName).slice(0, keyLength),
    purpose: textOf(facts, 'purpose'),
    stage,
    stageOrder: stageOrder(stage),
    verdictOrder: orderOf(use.verdict),
    sortName: searchKey(`${textOf(facts, 'name-reading') || systemName} ${useName}`).slice(0, keyLength),
    sortOrganisation: source.organisation.codePath,
    facets: facetsOf(source, facts),
    // The line feed is in no key: what is found lies within one text, not across two.
    searchKey: [...new Set(words)].filter((w) => w !== '').join('\n'),
    grams: [...new Set(words.flatMap(gramsOfKey))].toSorted((a, b) => a - b),
  }
}

/** A stage that was not reported stands after all that were. */
export const stageOrder = (stage: string): number => {
  const at = (stages as readonly string[]).indexOf(stage)
  return at < 0 ? stages.length : at
}

const idsOf = (facts: Facts, field: FieldId): readonly string[] => {
  const value = valueOf(facts, field)
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
}

function searchedTexts({ system, suppliers, models }: RowSource, facts: Facts): string[] {
  const supplierWords = (id: string | null) => {
    const supplier = id === null ? undefined : suppliers.get(id)
    return supplier ? [supplier.name, supplier.nameEn] : []
  }
  const ofField = (field: FieldId): string[] => {
    const { kind } = fieldOf(field)
    if (kind === 'supplier') return idsOf(facts, field).flatMap(supplierWords)
    if (kind === 'models')
      return idsOf(facts, field).flatMap((id) => {
        const model = models.get(id)
        return model ? [`${model.name} ${model.version}`, ...supplierWords(model.supplierId)] : []
      })
    return [textOf(facts, field)]
  }
  return [system.number, ...fieldIds.filter((id) => fieldOf(id).searched).flatMap(ofField)]
}

/** Fields that a list can be filtered by: the coded ones by code or absence, the others that are reported by state. */
export const isFacetField = (field: Field): boolean => field.codes !== undefined || field.reported === true

function facetsOf(source: RowSource, facts: Facts): string[] {
  const { system, use, organisation, models } = source
  const modelIds = idsOf(facts, 'models')
  // Who asks for a supplier means both: the one who holds the contract and the one whose model is in it.
  const suppliers = [...idsOf(facts, 'supplier'), ...modelIds.flatMap((id) => models.get(id)?.supplierId ?? [])]
  const tokens = [
    ...fieldIds.filter((id) => isFacetField(fieldOf(id))).flatMap((id) => fieldTokens(facts, id)),
    ...organisation.path.map((id) => `org=${id}`),
    ...organisation.path.slice(-1).map((id) => `at=${id}`),
    ...suppliers.map((id) => `supplier=${id}`),
    ...modelIds.map((id) => `model=${id}`),
    `verdict=${use.verdict}`,
    ...(use.stale ? ['stale=yes'] : []),
    // Whether anybody has decided is asked only where there is something to decide on.
    ...(use.verdict === 'not-reported' ? [] : [`judged=${use.judged ? 'yes' : 'no'}`]),
    ...(system.importId === null ? [] : [`import=${system.importId}`]),
    ...(system.demo ? ['demo'] : []),
  ]
  return [...new Set(tokens)]
}

function fieldTokens(facts: Facts, id: FieldId): string[] {
  const state = stateOf(facts, id)
  if (state !== 'value' || fieldOf(id).codes === undefined) return [`f.${id}=${state}`]
  return idsOf(facts, id).map((code) => `f.${id}=${code}`)
}
