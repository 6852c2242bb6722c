import type { ReactNode } from 'react'

export type Order = 'ascending' | 'descending'
export type Column<Row> = {
  readonly id: string
  readonly name: string
  readonly cell: (row: Row) => ReactNode
  /** Figures stand right. */
  readonly align?: 'left' | 'right'
  /** The head is a button that sorts. */
  readonly sorts?: boolean
  /** Tailwind width class, as `w-40`. */
  readonly width?: string
  /** The name of the row: a row header. The first column unless another says so. */
  readonly rowHead?: boolean
  /** The head is read, but not drawn. */
  readonly hiddenName?: boolean
}
export type RowTone = 'chosen' | 'own' | 'error' | 'quiet' | 'sum'

export type TableProps<Row> = {
  /** Names the table; drawn only with `captionShown`, because an h2 usually stands above. */
  caption: string
  captionShown?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Words for boxes and buttons of the row: 「会議録の要約」. */
  rowName?: (row: Row) => string
  rowTone?: (row: Row) => RowTone | undefined
  sort?: { readonly column: string; readonly order: Order }
  onSort?: (column: string, order: Order) => void
  /** Boxes in front of the rows. `range` is true when Shift was held. */
  selection?: {
    readonly keys: ReadonlySet<string>
    readonly onRow: (key: string, chosen: boolean, range: boolean) => void
    readonly onAll: (chosen: boolean) => void
  }
  /** Rows that open: the details are one cell over the full width; Esc closes. */
  opening?: {
    readonly key: string | undefined
    readonly onOpen: (key: string | undefined) => void
    readonly details: (row: Row) => ReactNode
  }
  dense?: boolean
  /** The head stays in view in long lists. */
  stickyHead?: boolean
  /** Draw the table also on a phone, in a frame that scrolls by itself: for small tables of figures. */
  neverCards?: boolean
}
