import { type KeyboardEvent, useRef } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Checkbox } from './choices.tsx'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { RowTone, TableProps } from './table-model.ts'

const tones: Record<RowTone, string> = {
  chosen: 'bg-blue-50',
  own: 'bg-blue-50 font-700 text-blue-1000 [&>*:first-child]:shadow-[inset_4px_0_0_var(--color-blue-900)]',
  error: 'bg-red-50 [&>*:first-child]:shadow-[inset_4px_0_0_var(--color-red-800)]',
  quiet: 'bg-solid-gray-50 text-solid-gray-700',
  sum: 'font-700 text-solid-gray-900',
}

export const cellPadding = (dense: boolean | undefined) => (dense ? 'px-2.5 py-[7px]' : 'px-3 py-[9px]')

const buttonId = (key: string) => `open-${key}`
export const closeOnEscape = (onOpen: (key: undefined) => void, key: string) => (e: KeyboardEvent) => {
  if (e.key !== 'Escape') return
  e.stopPropagation()
  onOpen(undefined)
  document.getElementById(buttonId(key))?.focus()
}

export function BodyRow<Row>({ row, head, ...props }: TableProps<Row> & { row: Row; head: string | undefined }) {
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
