import { type Facts, textOf, valueOf } from './model.ts'

/** What a set of facts must hold together, beyond each being right by itself. `path` is a JSON pointer into the request. */
export type Issue = {
  readonly path: string
  readonly keyword: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** Dates as precise as known: compared as far as both are given, and the same day is not after. */
export function endsTooEarly(start: string, end: string): boolean {
  if (start === '' || end === '') return false
  const length = Math.min(start.length, end.length)
  const [a, b] = [start.slice(0, length), end.slice(0, length)]
  return b < a || (b === a && length === 'YYYY-MM-DD'.length)
}

export function checkSystemFacts(facts: Facts): Issue[] {
  const issues: Issue[] = []
  if (textOf(facts, 'name').trim() === '') issues.push({ path: '/facts/name', keyword: 'required' })
  const [start, end] = [textOf(facts, 'contract-start'), textOf(facts, 'contract-end')]
  if (endsTooEarly(start, end))
    issues.push({ path: '/facts/contract-end', keyword: 'end-before-start', params: { start } })
  return issues
}

/** Several uses must be told apart by a name of their own. */
export function checkUseNames(uses: readonly { readonly facts: Facts }[]): Issue[] {
  if (uses.length === 0) return [{ path: '/uses', keyword: 'required' }]
  if (uses.length === 1) return []
  const names = uses.map((use) => valueOf(use.facts, 'use-name'))
  return names.flatMap((name, i) => {
    if (name === undefined) return [{ path: `/uses/${i}/facts/use-name`, keyword: 'use-name-needed' }]
    return names.indexOf(name) < i ? [{ path: `/uses/${i}/facts/use-name`, keyword: 'use-name-twice' }] : []
  })
}
