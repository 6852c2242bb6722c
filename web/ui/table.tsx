import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Checkbox } from './choices.tsx'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import { TableCards } from './table-cards.tsx'
import { useNarrow } from './use-narrow.ts'

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

const tones: Record<RowTone, string> = {
  chosen: 'bg-blue-50',
  own: 'bg-blue-50 font-700 text-blue-1000 [&>*:first-child]:shadow-[inset_4px_0_0_var(--color-blue-900)]',
  error: 'bg-red-50 [&>*:first-child]:shadow-[inset_4px_0_0_var(--color-red-800)]',
  quiet: 'bg-solid-gray-50 text-solid-gray-700',
  sum: 'font-700 text-solid-gray-900',
}

export function DataTable<Row>(props: TableProps<Row>) {
  const narrow = useNarrow()
  return narrow && !props.neverCards ? <TableCards {...props} /> : <FullTable {...props} />
}

const cellPadding = (dense: boolean | undefined) => (dense ? 'px-2.5 py-[7px]' : 'px-3 py-[9px]')

/** A table wider than its frame scrolls inside it, and then the frame must be reached by keyboard. */
function useOverflow() {
  const frame = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(false)
  useEffect(() => {
    const div = frame.current
    if (div === null) return undefined
    const observer = new ResizeObserver(() => setWide(div.scrollWidth > div.clientWidth + 1))
    observer.observe(div)
    return () => observer.disconnect()
  }, [])
  return { frame, wide }
}

function FullTable<Row>(props: TableProps<Row>) {
  const t = useTexts()
  const { frame, wide } = useOverflow()
  const { columns, rows, rowKey, selection, opening } = props
  const head = columns.find((column) => column.rowHead)?.id ?? columns[0]?.id
  const width = columns.length + (selection ? 1 : 0) + (opening ? 1 : 0)
  return (
    <div
      ref={frame}
      className={classes('relative', props.stickyHead ? '[&_td]:wrap-anywhere' : 'overflow-x-auto')}
      {...(wide ? { role: 'region', 'aria-label': props.caption, tabIndex: 0 } : {})}
    >
      <table className="w-full border-collapse text-note">
        <caption className={props.captionShown ? 'pb-2 text-left text-std-18B-160 text-solid-gray-900' : 'sr-only'}>
          {props.caption}
        </caption>
        <thead className={props.stickyHead ? 'sticky top-0 z-10' : ''}>
          <tr className="border-y border-solid-gray-420 bg-solid-gray-50 text-solid-gray-900">
            {selection && <SelectAll {...props} />}
            {opening && (
              <th scope="col" className="w-11">
                <span className="sr-only">{t.ui.opening}</span>
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={rowKey(row)}>
              <BodyRow row={row} head={head} {...props} />
              {opening?.key === rowKey(row) && (
                <tr className="border-b border-solid-gray-200 bg-blue-50 shadow-[inset_4px_0_0_var(--color-blue-900)]">
                  <td colSpan={width} className="p-4" onKeyDown={closeOnEscape(opening.onOpen, rowKey(row))}>
                    {opening.details(row)}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const buttonId = (key: string) => `open-${key}`
const closeOnEscape = (onOpen: (key: undefined) => void, key: string) => (e: KeyboardEvent) => {
  if (e.key !== 'Escape') return
  e.stopPropagation()
  onOpen(undefined)
  document.getElementById(buttonId(key))?.focus()
}

function SelectAll<Row>({ selection, rows, rowKey }: TableProps<Row>) {
  const t = useTexts()
  const chosen = rows.filter((row) => selection?.keys.has(rowKey(row))).length
  return (
    <td className="w-11 px-2 py-[9px]">
      <Checkbox
        label={t.ui.selectAll}
        chosen={chosen > 0 && chosen === rows.length}
        some={chosen > 0 && chosen < rows.length}
        onChange={(all) => selection?.onAll(all)}
      />
    </td>
  )
}

function Head<Row>({ column, sort, onSort, dense }: TableProps<Row> & { column: Column<Row> }) {
  const t = useTexts()
  const order = sort?.column === column.id ? sort.order : undefined
  const next: Order = order === 'ascending' ? 'descending' : 'ascending'
  const look = classes(
    cellPadding(dense),
    'align-bottom font-700',
    column.align === 'right' ? 'text-right' : 'text-left',
    column.width,
  )
  if (!column.sorts || !onSort) {
    return (
      <th scope="col" className={look}>
        {column.hiddenName ? <span className="sr-only">{column.name}</span> : column.name}
      </th>
    )
  }
  return (
    <th scope="col" className={look} {...(order === undefined ? {} : { 'aria-sort': order })}>
      <button
        type="button"
        className="hit-44 inline-flex items-center gap-1 rounded-4 text-left font-700 hover:underline"
        title={order === 'ascending' ? t.ui.sortDescending : t.ui.sortAscending}
        onClick={() => onSort(column.id, next)}
      >
        {column.name}
        <Icon name={order === undefined ? 'sort' : order === 'ascending' ? 'chevron-up' : 'chevron-down'} size={16} />
      </button>
    </th>
  )
}

function BodyRow<Row>({ row, head, ...props }: TableProps<Row> & { row: Row; head: string | undefined }) {
  const key = props.rowKey(row)
  const tone = props.rowTone?.(row) ?? (props.selection?.keys.has(key) ? 'chosen' : undefined)
  const open = props.opening?.key === key
  return (
    <tr
      className={classes(
        'border-b align-top',
        tone === 'sum' ? 'border-solid-gray-420' : 'border-solid-gray-200',
        open ? 'bg-blue-50 shadow-[inset_4px_0_0_var(--color-blue-900)]' : tone ? tones[tone] : 'hover:bg-blue-50',
      )}
    >
      {props.selection && (
        <td className="px-2 py-[9px]">
          <RowBox row={row} {...props} />
        </td>
      )}
      {props.opening && (
        <td className="py-1 pl-1">
          <RowOpener row={row} {...props} />
        </td>
      )}
      {props.columns.map((column) => {
        const look = classes(
          cellPadding(props.dense),
          column.align === 'right' ? 'text-right tabular-nums' : 'text-left',
        )
        return column.id === head ? (
          <th key={column.id} scope="row" className={classes(look, tone === 'own' || tone === 'sum' ? '' : 'font-400')}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.id} className={look}>
            {column.cell(row)}
          </td>
        )
      })}
    </tr>
  )
}

export function RowBox<Row>({ row, rowKey, rowName, selection }: TableProps<Row> & { row: Row }) {
  const t = useTexts()
  const key = rowKey(row)
  const shift = useRef(false)
  return (
    <span
      onPointerDownCapture={(e) => {
        shift.current = e.shiftKey
      }}
      onKeyDownCapture={(e) => {
        shift.current = e.shiftKey
      }}
    >
      <Checkbox
        label={t.ui.selectRow(rowName?.(row) ?? key)}
        chosen={selection?.keys.has(key) ?? false}
        onChange={(chosen) => selection?.onRow(key, chosen, shift.current)}
      />
    </span>
  )
}

export function RowOpener<Row>({ row, rowKey, rowName, opening }: TableProps<Row> & { row: Row }) {
  const t = useTexts()
  const key = rowKey(row)
  const open = opening?.key === key
  const name = rowName?.(row) ?? key
  return (
    <button
      id={buttonId(key)}
      type="button"
      aria-expanded={open}
      aria-label={open ? t.ui.closeRow(name) : t.ui.openRow(name)}
      className="flex size-9 items-center justify-center rounded-6 text-blue-1000 hover:bg-blue-100"
      onClick={() => opening?.onOpen(open ? undefined : key)}
    >
      <Icon name={open ? 'chevron-up' : 'chevron-down'} size={16} />
    </button>
  )
}
