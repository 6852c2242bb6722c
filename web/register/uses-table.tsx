import { useRouter } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'

import type { UseRow } from '#register/api.ts'
import type { Fact } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { AbsenceMark, Tag, VerdictTag } from '#web/ui/tags.tsx'

import { FactView } from './fact-view.tsx'
import type { RegisterQuery, Sort } from './query.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  rows: readonly UseRow[]
  query: RegisterQuery
  selection: Selection
  onSort: (what: Pick<RegisterQuery, 'sort' | 'order'>) => void
}

/** A use opens the page of its system, on itself. */
const addressOf = (row: UseRow) => paths.system(row.systemId, row.uses > 1 ? { use: row.useId } : {})

/** The rows of the register: cards where it is narrow. Enter on a row's box opens the row. */
export function UsesTable({ rows, query, selection, onSort }: Props) {
  const t = useTexts()
  const router = useRouter()
  const columns = useColumns()
  const openRow = (e: KeyboardEvent) => {
    if (e.key !== 'Enter' || !(e.target instanceof HTMLInputElement)) return
    const link = e.target.closest('tr, li')?.querySelector('a')?.getAttribute('href')
    if (link !== null && link !== undefined) router.history.push(link)
  }
  return (
    // The keys belong to the boxes inside; this only listens.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={openRow}>
      <DataTable
        caption={t.register.list.table}
        columns={columns}
        rows={rows}
        rowKey={({ useId }) => useId}
        rowName={({ name }) => name}
        sort={{ column: query.sort, order: query.order === 'asc' ? 'ascending' : 'descending' }}
        onSort={(column, order) => onSort({ sort: column as Sort, order: order === 'ascending' ? 'asc' : 'desc' })}
        selection={selection}
      />
    </div>
  )
}

function useColumns(): readonly Column<UseRow>[] {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.list.columns
  return [
    {
      id: 'name',
      name: words.name,
      sorts: true,
      rowHead: true,
      width: 'w-[30%]',
      cell: (row) => <NameCell row={row} />,
    },
    { id: 'organisation', name: words.organisation, sorts: true, cell: (row) => <OrganisationCell row={row} /> },
    {
      id: 'stage',
      name: words.stage,
      sorts: true,
      cell: ({ stage }) => <FactView field="stage" fact={stage} />,
    },
    {
      id: 'verdict',
      name: words.verdict,
      sorts: true,
      cell: ({ verdict, stale }) => <VerdictTag verdict={stale ? 'stale' : verdict} />,
    },
    {
      id: 'information-class',
      name: words.informationClass,
      cell: ({ informationClass }) => <FactView field="information-class" fact={informationClass} />,
    },
    {
      id: 'personal-data',
      name: words.personalData,
      cell: ({ personalData }) => <FactView field="personal-data" fact={personalData} />,
    },
    { id: 'supplier', name: words.supplier, cell: (row) => <SupplierCell row={row} /> },
    {
      id: 'updated',
      name: words.updated,
      sorts: true,
      cell: ({ updatedAt }) => <span className="keep tabular-nums">{f.date(updatedAt)}</span>,
    },
  ]
}

function NameCell({ row }: { row: UseRow }) {
  const t = useTexts()
  return (
    <div className="max-w-xl">
      <Link href={addressOf(row)} bold>
        {row.name}
      </Link>
      {row.demo && (
        <span className="ml-2">
          <Tag>{t.register.list.demo}</Tag>
        </span>
      )}
      {row.purpose !== '' && <p className="line-clamp-3 text-note text-solid-gray-700">{row.purpose}</p>}
    </div>
  )
}

/** The unit, under what stands directly above it. */
function OrganisationCell({ row: { organisation } }: { row: UseRow }) {
  const pick = usePick()
  const above = organisation.path.at(-2)
  return (
    <div className="narrow-column">
      {above !== undefined && organisation.path.length > 2 && <p>{pick(above.name)}</p>}
      <p>{pick(organisation.name)}</p>
    </div>
  )
}

function SupplierCell({ row: { supplier, models } }: { row: UseRow }) {
  const t = useTexts()
  const bothOpen = isOpen(supplier) && isOpen(models)
  if (bothOpen) return <AbsenceMark absent={{ absent: 'unanswered' }} />
  return (
    <div className="narrow-column">
      <p>{'absent' in supplier ? <AbsenceMark absent={supplier} /> : (supplier.name ?? t.register.form.unknownName)}</p>
      <p>{'absent' in models ? <AbsenceMark absent={models} /> : t.ui.list(models.names ?? [])}</p>
    </div>
  )
}

const isOpen = (fact: Fact): boolean => 'absent' in fact && fact.absent === 'unanswered'
