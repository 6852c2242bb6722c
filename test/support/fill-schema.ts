/** The part of JSON Schema that openapi.json uses. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly minimum?: number
}

export type Place = readonly (string | number)[]
type Known = Readonly<Record<string, Schema>>

const resolve = (schema: Schema, known: Known): Schema =>
  schema.$ref === undefined ? schema : (known[schema.$ref.split('/').at(-1)!] ?? {})

/** A value that the schema takes, with every property, and the place of each leaf in it. */
export function fill(schema: Schema, known: Known, depth = 0): unknown {
  const s = resolve(schema, known)
  if (s.const !== undefined) return s.const
  if (s.enum !== undefined) return s.enum[0]
  const choice = s.anyOf ?? s.oneOf
  if (choice !== undefined) return fill(choice[0] ?? {}, known, depth)
  if (s.allOf !== undefined) return Object.assign({}, ...s.allOf.map((one) => fill(one, known, depth)))
  const type = Array.isArray(s.type) ? (s.type as string[])[0] : s.type
  if (type === 'object' || s.properties !== undefined) return fillObject(s, known, depth)
  if (type === 'array') return depth > 6 ? [] : [fill(s.items ?? {}, known, depth + 1)]
  if (type === 'integer' || type === 'number') return Math.max(1, s.minimum ?? 1)
  if (type === 'boolean') return true
  if (type === 'null') return null
  return textOf(s)
}

function fillObject(s: Schema, known: Known, depth: number): unknown {
  if (depth > 6) return {}
  const own = Object.entries(s.properties ?? {}).map(([name, one]) => [name, fill(one, known, depth + 1)] as const)
  const more = typeof s.additionalProperties === 'object' ? s.additionalProperties : undefined
  const key = s.propertyNames === undefined ? 'key' : String(fill(s.propertyNames, known, depth + 1))
  return Object.fromEntries([...own, ...(more === undefined ? [] : [[key, fill(more, known, depth + 1)] as const])])
}

function textOf({ format, pattern }: Schema): string {
  if (format === 'uuid' || pattern?.includes('[0-9a-fA-F]{8}') === true) return '00000000-0000-7000-8000-000000000009'
  if (format === 'date') return '2026-11-21'
  if (format === 'date-time') return '2026-11-21T00:00:00Z'
  if (format === 'email') return 'a@example.go.jp'
  if (format === 'uri') return 'https://example.go.jp/'
  if (pattern?.includes('{64}') === true) return '0'.repeat(64)
  return '文'
}

/** Where the leaves of a value are. */
export function leavesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([name, one]) =>
    leavesOf(one, [...at, Array.isArray(value) ? Number(name) : name]),
  )
}

/** The same value with another leaf. */
export function withLeaf(value: unknown, at: Place, leaf: unknown): unknown {
  const [first, ...rest] = at
  if (first === undefined) return leaf
  if (Array.isArray(value)) return value.map((one, i) => (i === first ? withLeaf(one, rest, leaf) : one))
  return { ...(value as object), [first]: withLeaf((value as Record<string, unknown>)[first], rest, leaf) }
}
