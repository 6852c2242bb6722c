import { Fragment, useEffect, useRef, useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Checkbox } from './choices.tsx'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import { TableCards } from './table-cards.tsx'
import type { Column, Order, TableProps } from './table-model.ts'
import { BodyRow, cellPadding, closeOnEscape } from './table-row.tsx'
import { useNarrow } from './use-narrow.ts'

export type { Column, Order, TableProps } from './table-model.ts'

export function DataTable<Row>(props: TableProps<Row>) {
  const narrow = useNarrow()
  return narrow && !props.neverCards ? <TableCards {...props} /> : <FullTable {...props} />
}

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
