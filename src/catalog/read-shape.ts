import type * as z from 'zod'
import { type Catalog, catalogSchema } from './model.ts'
import { textKeys } from './check-meaning.ts'
import type { Path } from './expressions.ts'
import type { Problem } from './faults.ts'
import { dayPattern, idPattern } from './model-expressions.ts'
import { languagePattern } from './model-texts.ts'

type Issue = z.core.$ZodIssue

/** A value as far as its shape is right, and what is wrong with the rest. `ghosts`: ids of items left out for a fault. */
export type Shape = {
  catalog: Catalog | undefined
  problems: Problem[]
  ghosts: ReadonlySet<string>
  /** From a path in what is left to the path in the file. */
  back: (path: Path) => Path
}

/**
 * Parses with the schema. After faults it goes on with what is left (unknown keys taken away, items with other faults left
 * out), so that faults of meaning elsewhere are listed in the same run.
 */
export function readShape(value: Record<string, unknown>): Shape {
  const parsed = catalogSchema.safeParse(value)
  if (parsed.success) return { catalog: parsed.data, problems: [], ghosts: new Set(), back: (path) => path }
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, [], value))
  const { rest, ghosts, kept } = without(value, problems)
  const again = catalogSchema.safeParse(rest)
  const back = (path: Path): Path => {
    const [part, index, ...more] = path
    const old = typeof part === 'string' && typeof index === 'number' ? kept.get(part)?.[index] : undefined
    return part === undefined || old === undefined ? path : [part, old, ...more]
  }
  return { catalog: again.success ? again.data : undefined, problems, ghosts, back }
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (typeof at !== 'object' || at === null) return undefined
    return Object.hasOwn(at, part) ? (at as Record<string | number, unknown>)[part] : undefined
  }, value)
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value
}
const yamlTypes: Record<string, string> = { array: 'list', object: 'map', record: 'map', tuple: 'list', int: 'number' }

function problemsOf(issue: Issue, base: Path, whole: unknown): Problem[] {
  const path: Path = [...base, ...(issue.path as (string | number)[])]
  const found = valueAt(whole, path)
  const one = (code: Problem['code'], params: Record<string, unknown> = {}): Problem[] => [{ path, code, params }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], code: 'unknown-key', params: { key } }))
    case 'invalid_type':
      if (found === undefined) return one('missing-key', { key: path.at(-1) })
      return one('wrong-type', {
        expected: expectedAt(path, issue.expected),
        found: typeOf(found),
        value: short(found),
      })
    case 'invalid_value':
      return found === undefined
        ? one('missing-key', { key: path.at(-1) })
        : one('not-allowed-value', { allowed: issue.values, value: short(found) })
    case 'invalid_format':
      return one('bad-format', {
        value: short(found),
        pattern: patternOf('pattern' in issue ? issue.pattern : issue.format),
      })
    case 'too_small':
      return one('too-small', { least: String(issue.minimum) })
    case 'too_big':
      return one('too-large', { most: String(issue.maximum) })
    case 'invalid_union':
      return problemsOfUnion(issue, path, whole)
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => problemsOf(inner, path, whole))
    case 'not_multiple_of':
    case 'custom':
      return one('wrong-type', { expected: issue.message, found: typeOf(found), value: short(found) })
  }
}
/** Where a text belongs, that is what is missing, not any map. */
function expectedAt(path: Path, expected: string): string {
  const type = yamlTypes[expected] ?? expected
  return type === 'map' && textKeys.has(String(path.at(-1))) ? 'texts' : type
}
const patternNames = new Map(
  [
    [dayPattern, 'day'],
    [idPattern, 'id'],
    [languagePattern, 'language'],
  ].map(([pattern, name]) => [String(pattern), String(name)]),
)
function patternOf(pattern: unknown): string {
  return patternNames.get(String(pattern)) ?? String(pattern)
}

function short(value: unknown): string {
  // JSON would write a number without end as null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Of the forms that were possible, speaks of the one that the author seems to have meant. */
function problemsOfUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, whole: unknown): Problem[] {
  const found = valueAt(whole, path)
  if (issue.errors.length === 0) {
    const allowed = 'options' in issue ? issue.options : []
    return found === undefined
      ? [{ path, code: 'missing-key', params: { key: path.at(-1) } }]
      : [{ path, code: 'not-allowed-value', params: { allowed, value: short(found) } }]
  }
  if (found === undefined) return [{ path, code: 'missing-key', params: { key: path.at(-1) } }]
  const ranked = issue.errors
    .map((errors) => ({ errors, cost: costOf(errors, path, whole) }))
    .toSorted((a, b) => a.cost - b.cost)
  const best = ranked[0]!
  if (best.cost >= 1000) {
    const allowed = issue.errors
      .flat()
      .flatMap((e) => (e.code === 'invalid_value' && e.path.length === 0 ? e.values : []))
    if (typeof found === 'string' && allowed.length > 0)
      return [{ path, code: 'not-allowed-value', params: { allowed, value: short(found) } }]
    return [
      {
        path,
        code: 'wrong-type',
        params: { expected: expectedOf(issue.errors), found: typeOf(found), value: short(found) },
      },
    ]
  }
  if (best.cost >= 100 && ranked[1] && typeOf(found) === 'map' && ranked[1].cost === best.cost)
    return [
      { path, code: 'fits-no-form', params: { keys: Object.keys(found as object), forms: formsOf(issue.errors) } },
    ]
  return best.errors.flatMap((inner) => problemsOf(inner, path, whole))
}
function costOf(errors: readonly Issue[], base: Path, whole: unknown): number {
  return errors.reduce((sum, e) => {
    const missing = e.path.length === 1 && valueAt(whole, [...base, ...(e.path as (string | number)[])]) === undefined
    if (e.path.length === 0)
      return (
        sum +
        (e.code === 'unrecognized_keys'
          ? 10 * e.keys.length
          : e.code === 'too_small'
            ? 5
            : e.code === 'invalid_format'
              ? 1
              : 1000)
      )
    return sum + (missing ? 100 : 1)
  }, 0)
}
function expectedOf(errors: readonly (readonly Issue[])[]): string {
  const names = errors.flatMap((list) =>
    list.flatMap((e) =>
      e.code === 'invalid_type' && e.path.length === 0 ? [yamlTypes[e.expected] ?? e.expected] : [],
    ),
  )
  return [...new Set(names)].join(', ')
}
/** The keys by which the forms are known. */
function formsOf(errors: readonly (readonly Issue[])[]): string[] {
  return [...new Set(errors.flatMap((list) => list.flatMap((e) => (e.path.length === 1 ? [String(e.path[0])] : []))))]
}

type Rest = { rest: Record<string, unknown>; ghosts: Set<string>; kept: Map<string, number[]> }
function without(value: Record<string, unknown>, problems: readonly Problem[]): Rest {
  const rest = structuredClone(value)
  const ghosts = new Set<string>()
  const gone = new Map<string, Set<number>>()
  for (const { path, code } of problems) {
    const [part, index] = path
    if (code === 'unknown-key') {
      const parent = valueAt(rest, path.slice(0, -1))
      if (typeof parent === 'object' && parent !== null) delete (parent as Record<string, unknown>)[String(path.at(-1))]
    } else if (typeof part === 'string' && typeof index === 'number')
      gone.set(part, (gone.get(part) ?? new Set()).add(index))
  }
  const kept = new Map<string, number[]>()
  for (const [part, indexes] of gone) {
    const list = rest[part]
    if (!Array.isArray(list)) continue
    for (const i of indexes) {
      const id = valueAt(list, [i, 'id'])
      if (typeof id === 'string') ghosts.add(id)
    }
    const left = list.map((_, i) => i).filter((i) => !indexes.has(i))
    kept.set(part, left)
    rest[part] = left.map((i) => (list as unknown[])[i])
  }
  return { rest, ghosts, kept }
}
