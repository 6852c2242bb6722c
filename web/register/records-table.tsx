import { type ReactNode, useState } from 'react'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { AbsenceMark } from '#web/ui/tags.tsx'

/** What a record has not been given. */
export const unanswered = <AbsenceMark absent={{ absent: 'unanswered' }} />

type Named = { readonly id: string; readonly name: string; readonly systems: number }
type Props<R> = {
  caption: string
  rows: readonly R[]
  columns: readonly Column<R>[]
  /** By which filter of the register the systems of a record are found. */
  filter: 'model' | 'supplier'
  form: (row: R, close: () => void) => ReactNode
}

/** Models or suppliers, last how many systems depend on each; a row opens to be put right in place. */
export function RecordsTable<R extends Named>({ caption, rows, columns, filter, form }: Props<R>) {
  const words = useTexts().register.models
  const [open, setOpen] = useState<string | undefined>()
  const systems: Column<R> = {
    id: 'systems',
    name: words.columns.systems,
    align: 'right',
    cell: ({ id, name, systems: n }) => (
      <Link href={paths.register({ organisation: 'all', [filter]: id })} label={words.countOf(name, formatNumber(n))}>
        {words.count(formatNumber(n))}
      </Link>
    ),
  }
  return (
    <DataTable
      caption={caption}
      columns={[...columns, systems]}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={({ name }) => words.editOf(name)}
      opening={{ key: open, onOpen: setOpen, details: (row) => form(row, () => setOpen(undefined)) }}
    />
  )
}
