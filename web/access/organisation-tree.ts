import type { Organisation } from '#access/api.ts'

export type TreeRow = {
  readonly organisation: Organisation
  readonly depth: number
  /** Of the organisation and of all below it: what the register shows when it is filtered to it. */
  readonly uses: number
}

/** Parents before their children, brothers and sisters in the order given. */
export function treeRows(
  organisations: readonly Organisation[],
  compare: (a: Organisation, b: Organisation) => number,
): readonly TreeRow[] {
  const known = new Set(organisations.map(({ id }) => id))
  // Whose parent is not visible stands at the top rather than nowhere.
  const byParent = Map.groupBy(organisations, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : '',
  )
  const walk = (parentId: string, depth: number): readonly TreeRow[] =>
    (byParent.get(parentId) ?? []).toSorted(compare).flatMap((organisation) => {
      const below = walk(organisation.id, depth + 1)
      const ofChildren = below.filter((row) => row.depth === depth + 1).reduce((sum, row) => sum + row.uses, 0)
      return [{ organisation, depth, uses: organisation.uses + ofChildren }, ...below]
    })
  return walk('', 0)
}
