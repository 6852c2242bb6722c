import { facetFieldIds, facetValues, type Order, type Sort, sorts } from '#register/api-filter.ts'
import { type FieldId, isFieldId } from '#register/fields.ts'
import { verdicts, type Verdict } from '#register/model.ts'
import type { Search } from '#web/search.ts'

export type { Order, Sort }
export const pageSizes = [20, 50, 100] as const

/** What the list shows: the address holds all of it, in the same words as the server's query. */
export type RegisterQuery = {
  readonly q: string
  readonly organisation: string
  /** One organisation without those below it. */
  readonly at: string
  /** Whether the Chief AI Officer has decided; empty: both. */
  readonly judged: '' | 'yes' | 'no'
  /** Codes and absences wanted per field: several of one field mean "or", several fields "and". */
  readonly facets: Readonly<Partial<Record<FieldId, readonly string[]>>>
  readonly verdict: readonly Verdict[]
  readonly stale: boolean
  readonly supplier: string
  readonly model: string
  readonly import: string
  readonly sort: Sort
  readonly order: Order
  readonly limit: number
  readonly cursor: string
  /** Number of the first row shown, from 1; where a page was come to by paging. */
  readonly from: number | undefined
}

export const wholeRegister: RegisterQuery = {
  q: '',
  organisation: '',
  at: '',
  judged: '',
  facets: {},
  verdict: [],
  stale: false,
  supplier: '',
  model: '',
  import: '',
  sort: 'updated',
  order: 'desc',
  limit: 50,
  cursor: '',
  from: undefined,
}

/** Newest first; everything else from the start. */
export const naturalOrder = (sort: Sort): Order => (sort === 'updated' ? 'desc' : 'asc')

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((one): one is string => typeof one === 'string')
    .flatMap((one) => one.split(','))
    .filter((one) => one !== '')

const first = (value: unknown): string => {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one : ''
}

const among = <T extends string>(known: readonly T[], value: string): T | undefined => known.find((k) => k === value)

/** Reads an address; what it does not know it leaves out, so that an old link still opens. */
export function readQuery(search: Search): RegisterQuery {
  const facets: Partial<Record<FieldId, readonly string[]>> = {}
  for (const [key, value] of Object.entries(search)) {
    const field = key.startsWith('f.') ? key.slice(2) : ''
    if (!isFieldId(field) || !facetFieldIds.includes(field)) continue
    const wanted = texts(value).filter((one) => facetValues(field).includes(one))
    if (wanted.length > 0) facets[field] = wanted
  }
  const sort = among(sorts, first(search['sort'])) ?? wholeRegister.sort
  const limit = Number(first(search['limit']))
  return {
    q: first(search['q']),
    organisation: first(search['organisation']),
    at: first(search['at']),
    judged: among(['yes', 'no'] as const, first(search['judged'])) ?? '',
    facets,
    verdict: texts(search['verdict']).filter((v): v is Verdict => among(verdicts, v) !== undefined),
    stale: first(search['stale']) === 'yes',
    supplier: first(search['supplier']),
    model: first(search['model']),
    import: first(search['import']),
    sort,
    order: among(['asc', 'desc'] as const, first(search['order'])) ?? naturalOrder(sort),
    limit: pageSizes.find((size) => size === limit) ?? wholeRegister.limit,
    cursor: first(search['cursor']),
    from: /^[1-9]\d{0,8}$/.test(first(search['from'])) ? Number(first(search['from'])) : undefined,
  }
}

/** The conditions alone, as the server and the address write them. */
export function writeFilter(query: RegisterQuery): Record<string, string> {
  const found: Record<string, string> = {
    q: query.q.trim(),
    organisation: query.organisation,
    at: query.at,
    judged: query.judged,
    verdict: query.verdict.join(','),
    stale: query.stale ? 'yes' : '',
    supplier: query.supplier,
    model: query.model,
    import: query.import,
  }
  for (const field of facetFieldIds) found[`f.${field}`] = (query.facets[field] ?? []).join(',')
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''))
}

/** Everything, leaving out what is as it would be anyway. */
export function writeQuery(query: RegisterQuery): Record<string, string> {
  const usual = query.sort === wholeRegister.sort && query.order === naturalOrder(query.sort)
  return {
    ...writeFilter(query),
    ...(usual ? {} : { sort: query.sort, order: query.order }),
    ...(query.limit === wholeRegister.limit ? {} : { limit: String(query.limit) }),
    ...(query.cursor === '' ? {} : { cursor: query.cursor }),
    ...(query.from === undefined ? {} : { from: String(query.from) }),
  }
}

/** A page of another list means nothing in this one: changing what is shown goes back to the first page. */
export const changeQuery = (query: RegisterQuery, change: Partial<RegisterQuery>): RegisterQuery => ({
  ...query,
  cursor: '',
  from: undefined,
  ...change,
})

/** Stands in the address for all ministries; without it the list shows the person's own. */
const everywhere = 'all'

/** The register of one ministry: what the list shows unasked. */
export const registerOf = (ministry: string): RegisterQuery => ({ ...wholeRegister, organisation: ministry })

const namesPlace = ({ at, import: from }: RegisterQuery) => at !== '' || from !== ''

/** The query of an address as it is asked of the server: the own ministry, unless the address names another place. */
export function readScoped(search: Search, ministry: string): RegisterQuery {
  const query = readQuery(search)
  if (query.organisation === everywhere) return { ...query, organisation: '' }
  return query.organisation === '' && !namesPlace(query) ? { ...query, organisation: ministry } : query
}

/** The address of a query, with nothing in it that goes without saying. */
export function writeScoped(query: RegisterQuery, ministry: string): Record<string, string> {
  const { organisation = '', ...rest } = writeQuery(query)
  if (organisation === ministry && !namesPlace(query)) return rest
  if (organisation === '') return namesPlace(query) ? rest : { organisation: everywhere, ...rest }
  return { organisation, ...rest }
}

export const withoutFilters = (query: RegisterQuery, ministry: string): RegisterQuery => ({
  ...registerOf(ministry),
  sort: query.sort,
  order: query.order,
  limit: query.limit,
})

export const hasFilters = (query: RegisterQuery): boolean => Object.keys(writeFilter(query)).length > 0
export const narrows = (query: RegisterQuery, ministry: string): boolean => !sameFilter(query, registerOf(ministry))

/** Whether two addresses show the same rows; sort, page and page size do not matter. */
export const sameFilter = (a: RegisterQuery, b: RegisterQuery): boolean =>
  JSON.stringify(writeFilter(a)) === JSON.stringify(writeFilter(b))
