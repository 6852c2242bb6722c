import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue } from 'react'

import type { UseRow } from '#register/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { AbsenceMark, VerdictTag } from '#web/ui/tags.tsx'

import { FactView } from './fact-view.tsx'
import { firstSentence, langOf } from './prose.ts'
import type { RegisterQuery, Sort } from './query.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  rows: readonly UseRow[]
  query: RegisterQuery
  selection: Selection
  onSort: (what: Pick<RegisterQuery, 'sort' | 'order'>) => void
}

/** About as many as a window shows. */
const atOnce = 12

/** A use opens the page of its system, on itself. */
const addressOf = (row: UseRow) => paths.system(row.systemId, row.uses > 1 ? { use: row.useId } : {})

/** The rows of the register: cards where it is narrow. Enter on a row's box opens the row. */
export function UsesTable({ rows, query, selection, onSort }: Props) {
  const t = useTexts()
  const router = useRouter()
  const columns = useColumns()
  // The rows that are seen come first; those below follow while one already reads.
  const shown = useDeferredValue(rows, rows.slice(0, atOnce))
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
        rows={shown}
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
    {
      id: 'organisation',
      name: words.organisation,
      sorts: true,
      width: 'min-w-32',
      cell: (row) => <OrganisationCell row={row} />,
    },
    {
      id: 'stage',
      name: words.stage,
      sorts: true,
      width: 'min-w-24',
      cell: ({ stage }) => <FactView field="stage" fact={stage} />,
    },
    {
      id: 'verdict',
      name: words.verdict,
      sorts: true,
      cell: ({ verdict, stale }) => <VerdictTag verdict={stale ? 'stale' : verdict} />,
    },
    { id: 'information', name: words.information, width: 'min-w-28', cell: (row) => <InformationCell row={row} /> },
    { id: 'supplier', name: words.supplier, width: 'min-w-32', cell: (row) => <SupplierCell row={row} /> },
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
  const { language } = useLanguage()
  const lang = langOf(row.name, language)
  return (
    <div className="max-w-xl">
      <Link href={addressOf(row)} bold {...(lang === undefined ? {} : { lang })}>
        {row.name}
      </Link>
      {language === 'en' && row.nameEn !== null && <p>{row.nameEn}</p>}
      {(row.demo || row.purpose !== '') && (
        <p className="line-clamp-6 text-note text-solid-gray-700" lang={langOf(row.purpose, language)}>
          {row.demo && (
            <span className="mr-1.5 rounded-4 border border-solid-gray-420 px-1">{t.register.list.demo}</span>
          )}
          {firstSentence(row.purpose)}
        </p>
      )}
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

/** The class of what is handled, then whether there is personal data in it. */
function InformationCell({ row: { informationClass, personalData } }: { row: UseRow }) {
  const t = useTexts()
  if ('absent' in informationClass && 'absent' in personalData && informationClass.absent === personalData.absent) {
    return <AbsenceMark absent={informationClass} />
  }
  return (
    <div className="narrow-column">
      <p>
        {'absent' in informationClass && `${t.fields.labels['information-class']} `}
        <FactView field="information-class" fact={informationClass} />
      </p>
      <p>
        {t.fields.labels['personal-data']} <FactView field="personal-data" fact={personalData} />
      </p>
    </div>
  )
}

function SupplierCell({ row: { supplier, models } }: { row: UseRow }) {
  const t = useTexts()
  if ('absent' in supplier && 'absent' in models && supplier.absent === models.absent) {
    return <AbsenceMark absent={supplier} />
  }
  const words = t.register.list
  return (
    <div className="narrow-column">
      <p>
        {'absent' in supplier ? (
          <>
            {words.supplierIs}
            <AbsenceMark absent={supplier} />
          </>
        ) : (
          (supplier.name ?? t.register.form.unknownName)
        )}
      </p>
      {'absent' in models ? (
        <p>
          {words.modelIs}
          <AbsenceMark absent={models} />
        </p>
      ) : (
        (models.names ?? []).map((name) => <p key={name}>{name}</p>)
      )}
    </div>
  )
}
