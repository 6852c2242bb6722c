import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Import, ImportRow } from '#register/import/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { rowsQuery } from './calls.ts'
import { Marks, Outcome } from './preview-table.tsx'
import { ShowChoice } from './show-choice.tsx'

type Which = 'stored' | 'rejected' | ''

/** Every row with what became of it; opened, it shows each cell of the original. */
export function ImportRows({ of }: { of: Import }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.result
  const [asked, setAsked] = useState<{ outcome: Which; cursor: number }>({ outcome: '', cursor: 0 })
  const [open, setOpen] = useState<string | undefined>()
  const rows = useQuery(rowsQuery(of.id, asked))
  const columns = useRowColumns()
  return (
    <Section
      title={words.rowsTitle}
      aside={
        <ShowChoice<Which>
          value={asked.outcome}
          choices={[
            ['rejected', t.importing.preview.show.rejected],
            ['', t.importing.preview.show.all],
          ]}
          onChange={(outcome) => setAsked({ outcome, cursor: 0 })}
        />
      }
    >
      <Loaded query={rows}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <p>{t.importing.preview.none}</p>
            ) : (
              <DataTable
                caption={words.rowsTitle}
                columns={columns}
                rows={items}
                rowKey={({ rowNumber }) => String(rowNumber)}
                rowName={({ rowNumber }) => words.rawOf(f.number(rowNumber))}
                rowTone={({ outcome }) => (outcome === 'rejected' ? 'error' : undefined)}
                opening={{ key: open, onOpen: setOpen, details: (row) => <Cells row={row} /> }}
              />
            )}
            <div className="mt-3 flex flex-wrap gap-3">
              {asked.cursor > 0 && (
                <Button size="medium" onPress={() => setAsked({ ...asked, cursor: 0 })}>
                  {t.importing.preview.first}
                </Button>
              )}
              {next !== null && (
                <Button size="medium" onPress={() => setAsked({ ...asked, cursor: next })}>
                  {t.importing.preview.more}
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
    </Section>
  )
}

function useRowColumns(): readonly Column<ImportRow>[] {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.preview
  return [
    { id: 'row', name: words.row, align: 'right', width: 'w-24', cell: ({ rowNumber }) => f.number(rowNumber) },
    { id: 'outcome', name: words.outcome, width: 'w-16', cell: ({ outcome }) => <Outcome outcome={outcome} /> },
    { id: 'why', name: words.why, cell: ({ reasons, flags }) => <Marks reasons={reasons} flags={flags} /> },
    {
      id: 'system',
      name: t.importing.result.openSystem,
      width: 'w-40',
      cell: ({ systemId, rowNumber }) =>
        systemId === null ? (
          ''
        ) : (
          <Link href={paths.system(systemId)} label={t.importing.result.openSystemOf(f.number(rowNumber))}>
            {t.importing.result.openSystem}
          </Link>
        ),
    },
  ]
}

function Cells({ row }: { row: ImportRow }) {
  const t = useTexts()
  return (
    <ol className="grid gap-x-6 gap-y-1 text-note md:grid-cols-2">
      {row.cells.map((cell, i) => (
        // The place of a cell is its name: a header may be blank or stand twice.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={i} className="flex gap-3 border-b border-solid-gray-200 py-1">
          <span className="w-8 shrink-0 text-right text-solid-gray-700 tabular-nums">{i + 1}</span>
          <div className="min-w-0">{cell === '' ? t.importing.preview.blank : <LongText text={cell} />}</div>
        </li>
      ))}
    </ol>
  )
}
