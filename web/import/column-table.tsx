import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { fieldIds, type FieldId, fieldOf, isFieldId } from '#register/fields.ts'
import type { ColumnMap } from '#register/spreadsheet/column-map.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Section } from '#web/ui/page.tsx'
import { Select } from '#web/ui/select.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { columnMapsQuery, type ImportPreview } from './calls.ts'
import { readingFor, setTarget, type Target, targetOf } from './map-edit.ts'

type Props = { preview: ImportPreview; onMap: (map: ColumnMap) => void }
type Row = ImportPreview['columns'][number] & { readonly target: Target }

const few = 8
const none = 'none'

/** Which column goes into which field, how its values are read, and how that went. */
export function ColumnTable({ preview, onMap }: Props) {
  const t = useTexts()
  const words = t.importing.columns
  const [all, setAll] = useState(false)
  const rows = preview.columns.map((column) => ({
    ...column,
    target: targetOf(preview.map, column, column.field !== null && isFieldId(column.field) ? column.field : null),
  }))
  const mapped = rows.filter(({ target }) => target !== null)
  const columns = useColumns(preview, onMap)
  const [n, m] = [rows.length, mapped.length].map(formatNumber) as [string, string]
  return (
    <Section
      title={words.title}
      aside={
        <>
          {words.aside(m, n)}
          {rows.length > few && (
            <Button look="text" size="small" expanded={all} onPress={() => setAll(!all)}>
              {all ? words.fewer : words.all(n)}
            </Button>
          )}
        </>
      }
    >
      <DataTable
        caption={words.title}
        columns={columns}
        rows={all ? rows : rows.slice(0, few)}
        rowKey={({ position }) => String(position)}
      />
    </Section>
  )
}

function useColumns(preview: ImportPreview, onMap: Props['onMap']): readonly Column<Row>[] {
  const t = useTexts()
  const words = t.importing.columns
  const how = useHow(preview.map)
  const maps = useQuery(columnMapsQuery)
  const known = (maps.data ?? []).map(({ map }) => map)
  const codeWords: Readonly<Partial<Record<FieldId, Readonly<Record<string, string>>>>> = t.fields.codes
  const choices = [
    { id: none, name: words.none },
    { id: 'organisation', name: words.organisation },
    ...fieldIds.map((id) => ({ id, name: t.fields.labels[id] })),
  ]
  const headerOf = ({ header, position }: Row) => (header === '' ? words.noHeader(formatNumber(position)) : header)
  const choose = (row: Row, id: string) => {
    const target: Target = id === 'organisation' ? id : isFieldId(id) ? id : null
    if (target === row.target) return
    onMap(setTarget(preview.map, preview.columns, row, target, (f) => readingFor(f, known, codeWords[f] ?? {})))
  }
  return [
    {
      id: 'header',
      name: words.header,
      width: 'w-[18%]',
      cell: (row) => <span className="font-700 text-solid-gray-900">{headerOf(row)}</span>,
    },
    {
      id: 'example',
      name: words.example,
      width: 'w-[24%]',
      cell: ({ example }) => <span className="line-clamp-3">{example === '' ? words.empty : example}</span>,
    },
    {
      id: 'field',
      name: words.field,
      width: 'w-64',
      cell: (row) =>
        row.header === '' ? (
          words.none
        ) : (
          <Select
            label={words.fieldOf(headerOf(row))}
            hiddenLabel
            dense
            width="full"
            choices={choices}
            value={row.target ?? none}
            onChange={(id) => choose(row, id)}
          />
        ),
    },
    { id: 'how', name: words.how, cell: how },
    { id: 'state', name: words.state, width: 'w-36', cell: (row) => <State row={row} /> },
  ]
}

function useHow(map: ColumnMap): (row: Row) => string {
  const t = useTexts()
  const words = t.importing.columns
  return ({ target, reading }) => {
    if (target === null) return words.notMapped
    if (target === 'organisation') return words.organisations
    const read = map.columns.find(({ field }) => field === target)?.read
    if (read !== undefined && 'values' in read) return words.words(formatNumber(Object.keys(read.values).length))
    if (reading === 'date') return words.dates
    if (reading === 'number') return words.numbers
    const { kind } = fieldOf(target)
    return kind === 'supplier' || kind === 'models' ? words.suppliers : words.asIs
  }
}

function State({ row: { target, flagged } }: { row: Row }) {
  const t = useTexts()
  const words = t.importing.columns
  const [icon, colour, text] =
    target === null
      ? (['document', 'text-solid-gray-700', words.unmapped] as const)
      : flagged > 0
        ? (['attention', 'text-yellow-1200', words.flagged(formatNumber(flagged))] as const)
        : (['circle-tick', 'text-green-900', words.ok] as const)
  return (
    <span className={`keep inline-flex items-center gap-1.5 ${colour}`}>
      <Icon name={icon} size={16} />
      {text}
    </span>
  )
}
