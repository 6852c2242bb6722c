import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { isFieldId } from '#register/fields.ts'
import type { Origin } from '#register/import/api.ts'
import type { Fact } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { useMarkWords } from '#web/import/mark-words.ts'

import { originQuery } from './calls.ts'
import { FactView } from './fact-view.tsx'

type Cell = Origin['cells'][number]

/** The row of the file that this system came from, every cell as it was. */
export function OriginPanel({ id }: { id: string }) {
  const t = useTexts()
  const origin = useQuery(originQuery(id))
  return (
    <div className="mt-6">
      <Panel
        title={t.register.system.origin.title}
        aside={origin.data && <Link href={paths.import(origin.data.import.id)}>{t.register.system.origin.open}</Link>}
      >
        <Loaded query={origin}>{(data) => <OriginRow origin={data} />}</Loaded>
      </Panel>
    </div>
  )
}

function OriginRow({ origin }: { origin: Origin }) {
  const t = useTexts()
  const f = useFormat()
  const markWords = useMarkWords()
  const [all, setAll] = useState(false)
  const words = t.register.system.origin
  const file = origin.import
  const [row, header] = [f.number(origin.rowNumber), f.number(file.headerRow)]
  const encoding = t.importing.reading.encodings[file.encoding ?? ''] ?? file.encoding ?? ''
  const mapped = origin.cells.filter(({ field }) => field !== null)
  return (
    <>
      <p className="mb-3 text-note">
        {file.sheet === null
          ? words.sentence(file.fileName, row, header, encoding, f.date(file.at))
          : words.sentenceSheet(file.fileName, file.sheet, row, header, f.date(file.at))}
        {words.kept(f.number(origin.cells.length))}
      </p>
      {origin.flags.length > 0 && (
        <p className="mb-3 flex flex-wrap gap-2">
          {origin.flags.map((flag) => (
            <Tag key={JSON.stringify(flag)} tone="attention">
              {markWords(flag)}
            </Tag>
          ))}
        </p>
      )}
      <DataTable
        caption={words.title}
        columns={useColumns()}
        rows={all ? origin.cells : mapped}
        rowKey={({ position }) => String(position)}
        dense
      />
      {mapped.length < origin.cells.length && (
        <Button look="text" size="small" expanded={all} onPress={() => setAll(!all)}>
          {all ? words.mapped : words.all(f.number(origin.cells.length))}
        </Button>
      )}
    </>
  )
}

function useColumns(): readonly Column<Cell>[] {
  const t = useTexts()
  const words = t.register.system.origin
  const factOf = ({ field }: Cell, fact: unknown) =>
    field !== null && isFieldId(field) && fact !== null && <FactView field={field} fact={fact as Fact} />
  return [
    {
      id: 'header',
      name: words.columns.header,
      cell: ({ header, position }) => (header === '' ? words.noHeader(String(position)) : header),
      width: 'w-1/4',
    },
    { id: 'raw', name: words.columns.raw, cell: ({ raw }) => <Raw text={raw} />, width: 'w-1/3' },
    {
      id: 'field',
      name: words.columns.field,
      cell: (cell) =>
        cell.field === null ? (
          <span className="text-solid-gray-700">{words.noField}</span>
        ) : (
          <>
            {isFieldId(cell.field)
              ? t.fields.labels[cell.field]
              : cell.field === 'organisation'
                ? t.register.form.organisation
                : cell.field}{' '}
            → {factOf(cell, cell.fact)}
          </>
        ),
    },
    {
      id: 'now',
      name: words.columns.now,
      cell: (cell) =>
        cell.field === null ? (
          t.importing.columns.notMapped
        ) : cell.same ? (
          words.same
        ) : (
          <>
            {words.changed}
            {factOf(cell, cell.now)}
          </>
        ),
    },
  ]
}

/** A cell exactly as it came; an empty one says so. */
function Raw({ text }: { text: string }) {
  const t = useTexts()
  return (
    <div className="inline-block max-w-full rounded-4 bg-solid-gray-50 px-1.5">
      {text === '' ? t.register.system.origin.blank : <LongText text={text} />}
    </div>
  )
}
