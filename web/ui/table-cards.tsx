import { useTexts } from '#web/texts/language.tsx'

import { Checkbox } from './choices.tsx'
import { classes } from './class-names.ts'
import { Select } from './select.tsx'
import type { Order, TableProps } from './table-model.ts'
import { RowBox, RowOpener } from './table-row.tsx'

const cardTones = {
  chosen: 'border-blue-900 bg-blue-50',
  own: 'border-l-4 border-blue-900 bg-blue-50',
  error: 'border-l-4 border-red-800 bg-red-50',
  quiet: 'border-solid-gray-200 bg-solid-gray-50',
  sum: 'border-solid-gray-420',
}

/** A table on a narrow screen: each row is a card of label and value under the name of the row. */
export function TableCards<Row>(props: TableProps<Row>) {
  const t = useTexts()
  const { columns, rows, rowKey, selection, opening } = props
  const head = columns.find((column) => column.rowHead) ?? columns[0]
  const chosen = rows.filter((row) => selection?.keys.has(rowKey(row))).length
  return (
    <div>
      <SortChoice {...props} />
      {selection && rows.length > 0 && (
        <div className="mb-3">
          <Checkbox
            chosen={chosen === rows.length}
            some={chosen > 0 && chosen < rows.length}
            onChange={(all) => selection.onAll(all)}
          >
            {t.ui.selectAll}
          </Checkbox>
        </div>
      )}
      <ul aria-label={props.caption} className="flex flex-col gap-3">
        {rows.map((row) => {
          const key = rowKey(row)
          const tone = props.rowTone?.(row) ?? (selection?.keys.has(key) ? 'chosen' : undefined)
          return (
            <li key={key} className={classes('rounded-8 border p-4', tone ? cardTones[tone] : 'border-solid-gray-200')}>
              <div className="flex items-start gap-3">
                {selection && <RowBox row={row} {...props} />}
                <div className="min-w-0 flex-1">{head?.cell(row)}</div>
                {opening && <RowOpener row={row} {...props} />}
              </div>
              <dl className="mt-2 grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 text-note">
                {columns
                  .filter((column) => column.id !== head?.id)
                  .map((column) => (
                    <div key={column.id} className="contents">
                      <dt className="max-w-32 text-solid-gray-700">
                        {column.hiddenName ? <span className="sr-only">{column.name}</span> : column.name}
                      </dt>
                      <dd className="min-w-0">{column.cell(row)}</dd>
                    </div>
                  ))}
              </dl>
              {opening?.key === key && (
                <div className="mt-3 border-t border-solid-gray-200 pt-3">{opening.details(row)}</div>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What the heads of the columns do on a wide screen. */
function SortChoice<Row>({ columns, sort, onSort }: TableProps<Row>) {
  const t = useTexts()
  const sortable = columns.filter((column) => column.sorts)
  if (onSort === undefined || sortable.length === 0) return null
  const choices = sortable.flatMap(({ id, name }) =>
    (['ascending', 'descending'] as const).map((order) => ({
      id: `${id}|${order}`,
      name: `${name}${t.ui.brackets(t.ui.sorted[order])}`,
    })),
  )
  return (
    <div className="mb-3">
      <Select
        label={t.ui.sort}
        width="full"
        choices={choices}
        value={sort === undefined ? undefined : `${sort.column}|${sort.order}`}
        onChange={(id) => {
          const [column = '', order] = id.split('|')
          onSort(column, order as Order)
        }}
      />
    </div>
  )
}
