import { labelOf } from '#procurement/sheets/model.ts'
import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'

type Columns = Pick<SheetPage, 'bidders' | 'cells'>
export type Cell = SheetPage['cells'][string][string]

export const cellOf = ({ cells }: Columns, bidderId: string, item: string): Cell | undefined => cells[bidderId]?.[item]

/** Proved: there is a proof, and none is open. */
export const isProved = ({ proofs }: Pick<SheetItem, 'proofs'>): boolean =>
  proofs.length > 0 && proofs.every((proof) => proof.state === 'done')

/** included + leftOut + undecided = all. Answers are counted over included items alone. */
export function countsOf(items: readonly SheetItem[], columns: Columns) {
  const included = items.filter((item) => item.included === true)
  const answered = columns.bidders.reduce(
    (sum, { id }) => sum + included.filter((item) => cellOf(columns, id, item.item)?.answered === true).length,
    0,
  )
  return {
    all: items.length,
    included: included.length,
    leftOut: items.filter((item) => item.included === false).length,
    undecided: items.filter((item) => item.included === null).length,
    answered,
    asked: included.length * columns.bidders.length,
    agreed: included.filter((item) => item.clause.state === 'agreed').length,
    proved: included.filter(isProved).length,
  }
}

export const views = ['all', 'included', 'weak', 'open'] as const
export type View = (typeof views)[number]

/** `weak`: a bidder has not answered, or fails; `open`: something is lacking. */
export function shownItems(items: readonly SheetItem[], columns: Columns, view: View): readonly SheetItem[] {
  const isWeak = (item: SheetItem) =>
    item.included === true &&
    columns.bidders.some(({ id }) => {
      const cell = cellOf(columns, id, item.item)
      return cell?.answered !== true || cell.mark === 'fails'
    })
  switch (view) {
    case 'all':
      return items
    case 'included':
      return items.filter((item) => item.included !== false)
    case 'weak':
      return items.filter(isWeak)
    case 'open':
      return items.filter((item) => item.lack !== null)
  }
}

export type Group = {
  readonly id: string
  readonly title: SheetItem['preset']['groupTitle']
  readonly from: string
  readonly to: string
  readonly items: readonly SheetItem[]
}

/** In the order of the sheet; the range is that of the whole group, whatever is shown of it. */
export function groupsOf(all: readonly SheetItem[], shown: readonly SheetItem[]): Group[] {
  return [...Map.groupBy(all, (item) => item.group)].flatMap(([id, whole]) => {
    const items = shown.filter((item) => item.group === id)
    if (items.length === 0) return []
    const [first, last] = [whole[0]!, whole.at(-1)!]
    return [{ id, title: first.preset.groupTitle, from: labelOf(first.item), to: labelOf(last.item), items }]
  })
}

/** The proof that the row names: the next open one by its due day, else the last done. */
export function rowProof({ proofs }: Pick<SheetItem, 'proofs'>): SheetItem['proofs'][number] | undefined {
  const open = proofs.filter((proof) => proof.state === 'open')
  return open.toSorted((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1))[0] ?? proofs.at(-1)
}
