import type { Organisation } from '#access/api.ts'

export type TreeRow = { readonly organisation: Organisation; readonly depth: number }

/** Parents before their children, brothers and sisters in the order of the alphabet of the language. */
export function treeRows(
  organisations: readonly Organisation[],
  compare: (a: Organisation, b: Organisation) => number,
) {
  const known = new Set(organisations.map(({ id }) => id))
  const below = (parentId: string | undefined): readonly Organisation[] =>
    organisations
      // Whose parent is not visible stands at the top rather than nowhere.
      .filter((o) => (o.parentId !== null && known.has(o.parentId) ? o.parentId === parentId : parentId === undefined))
      .toSorted(compare)
  const walk = (parentId: string | undefined, depth: number): readonly TreeRow[] =>
    below(parentId).flatMap((organisation) => [{ organisation, depth }, ...walk(organisation.id, depth + 1)])
  return walk(undefined, 0)
}
