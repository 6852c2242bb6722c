import { searchKey } from '#register/search-key.ts'

export type Unit = {
  readonly id: string
  readonly parentId: string | null
  readonly names: readonly string[]
}
export type NewUnit = { readonly id: string; readonly parentId: string; readonly name: string }

export type Placement = {
  /** Organisation of each path, by `pathKey`. */
  readonly byPath: ReadonlyMap<string, string>
  /** Parents before children. */
  readonly created: readonly NewUnit[]
  /** Paths (as `pathKey`) that no organisation answers to; they stand at the root. */
  readonly unmatched: ReadonlySet<string>
}

export const pathKey = (path: readonly string[]): string => path.map(searchKey).join('\u0000')

/**
 * Finds the organisation that a row names, by names compared as the search compares them: below the root step by step, or
 * anywhere below it when the last name stands there once. What is not there is made (`create`) or stands at the root (`flag`).
 * @param units  all organisations; @param rootId  the one the import is for
 */
export function placeOrganisations(
  units: readonly Unit[],
  rootId: string,
  paths: Iterable<readonly string[]>,
  missing: 'create' | 'flag',
  newId: () => string,
): Placement {
  const below = unitsBelow(units, rootId)
  const byPath = new Map<string, string>()
  const created: NewUnit[] = []
  const unmatched = new Set<string>()
  for (const path of paths) {
    const key = pathKey(path)
    if (byPath.has(key)) continue
    const names = withoutRoot(path, units, rootId)
    const found = findUnit(below, rootId, names)
    if (found !== undefined) byPath.set(key, found)
    else if (missing === 'create') byPath.set(key, createPath(below, created, rootId, names, newId))
    else {
      byPath.set(key, rootId)
      unmatched.add(key)
    }
  }
  return { byPath, created, unmatched }
}

/** A path may begin with the name of the ministry itself; blank units say nothing. */
function withoutRoot(path: readonly string[], units: readonly Unit[], rootId: string): string[] {
  const names = path.filter((name) => name.trim() !== '')
  const root = units.find((unit) => unit.id === rootId)
  return root && names[0] !== undefined && answersTo(root, names[0]) ? names.slice(1) : names
}

const answersTo = (unit: Unit, name: string): boolean =>
  unit.names.some((own) => own !== '' && searchKey(own) === searchKey(name))

function unitsBelow(units: readonly Unit[], rootId: string): Unit[] {
  const ids = new Set([rootId])
  // Parents may stand after their children in the list: repeat until nothing is added.
  for (let before = 0; before !== ids.size;) {
    before = ids.size
    for (const unit of units) if (unit.parentId !== null && ids.has(unit.parentId)) ids.add(unit.id)
  }
  return units.filter((unit) => ids.has(unit.id) && unit.id !== rootId)
}

function findUnit(below: readonly Unit[], rootId: string, names: readonly string[]): string | undefined {
  let at = rootId
  for (const name of names) {
    const next = below.find((unit) => unit.parentId === at && answersTo(unit, name))
    if (!next) return namedOnce(below, names)
    at = next.id
  }
  return at
}

function namedOnce(below: readonly Unit[], names: readonly string[]): string | undefined {
  const last = names.at(-1)
  if (last === undefined || names.length > 1) return undefined
  const named = below.filter((unit) => answersTo(unit, last))
  return named.length === 1 ? named[0]!.id : undefined
}

function createPath(
  below: Unit[],
  created: NewUnit[],
  rootId: string,
  names: readonly string[],
  newId: () => string,
): string {
  let at = rootId
  for (const name of names) {
    const known = below.find((unit) => unit.parentId === at && answersTo(unit, name))
    if (known) {
      at = known.id
      continue
    }
    const unit = { id: newId(), parentId: at, name: name.trim().slice(0, 200) }
    created.push(unit)
    below.push({ id: unit.id, parentId: at, names: [unit.name] })
    at = unit.id
  }
  return at
}
