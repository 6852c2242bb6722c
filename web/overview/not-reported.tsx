import { useState } from 'react'

import { type FieldRow, fieldStates, type Overview } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { useNarrow } from '#web/ui/use-narrow.ts'

import { percentOf } from './figures.ts'
import { fieldName } from './names.ts'
import { FigureLink } from './verdict-table.tsx'

/** What nobody has reported stands apart from every other number, drawn and counted. */
export function NotYetReported({ overview }: { overview: Overview }) {
  const t = useTexts()
  const { notReported } = overview
  return (
    <Section
      title={t.overview.notReported.title}
      aside={
        notReported.verdict.count > 0 && (
          <Link href={paths.notReported(notReported.verdict.filter)}>{t.overview.notReported.open}</Link>
        )
      }
    >
      <div className="grid rounded-8 border border-dashed border-solid-gray-536 lg:grid-cols-[18.75rem_minmax(0,1fr)]">
        <Verdicts overview={overview} />
        <div className="min-w-0 border-t border-dashed border-solid-gray-536 p-5 lg:border-t-0 lg:border-l">
          <Fields rows={notReported.fields} uses={overview.uses.count} />
        </div>
      </div>
    </Section>
  )
}

function Verdicts({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.overview.notReported
  const { verdict, ofAll, inOperation } = overview.notReported
  const percent = percentOf(verdict.count, ofAll)
  return (
    <div className="hatch rounded-t-8 p-4 lg:rounded-l-8 lg:rounded-tr-none">
      <div className="rounded-6 bg-white px-3 py-2">
        <h3 className="text-std-16B-170">{words.uses}</h3>
        <p className="font-700 text-solid-gray-900">
          <span className="text-std-36B-140 tabular-nums">{f.number(verdict.count)}</span> {words.unit}
          {percent !== undefined && words.ofAll(`${percent}%`)}
        </p>
        <p className="mt-1 text-note">{words.promise}</p>
        <p className="text-note">
          {inOperation.count === 0 ? (
            words.noneInOperation
          ) : (
            <Link href={paths.register(inOperation.filter)}>{words.inOperation(f.number(inOperation.count))}</Link>
          )}
        </p>
      </div>
    </div>
  )
}

/** The table opens with the fields that miss most; the others are one press away. */
const shownFirst = 8

/** Which fields have a value, and where not, why not. Waivers have a column as soon as there is one. */
function Fields({ rows, uses }: { rows: readonly FieldRow[]; uses: number }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.overview.notReported
  const [all, setAll] = useState(false)
  const narrow = useNarrow()
  // On a phone the table scrolls sideways: what is missing must be in view without that.
  const inOrder = narrow ? fieldStates.toReversed() : fieldStates
  const states = inOrder.filter((state) => state !== 'waived' || rows.some((row) => row.waived > 0))
  const word = (state: (typeof fieldStates)[number]) => (state === 'value' ? t.words.hasValue : t.words.absences[state])
  const columns: readonly Column<FieldRow>[] = [
    { id: 'field', name: words.field(f.number(uses)), cell: (row) => fieldName(t, row.field) },
    ...states.map((state): Column<FieldRow> => ({
      id: state,
      name: word(state),
      align: 'right',
      cell: (row) => {
        const filter = row.filters[state]
        const label = words.cell(fieldName(t, row.field), word(state), f.number(row[state]))
        const figure = <FigureLink figure={{ count: row[state], filter: filter ?? {} }} label={label} />
        if (filter === undefined) return f.number(row[state])
        return state === 'unanswered' ? <b>{figure}</b> : figure
      },
    })),
  ]
  const sorted = rows.toSorted((a, b) => b.unanswered - a.unanswered)
  return (
    <>
      <DataTable
        caption={words.caption}
        rows={all ? sorted : sorted.slice(0, shownFirst)}
        rowKey={(row) => row.field}
        columns={columns}
        dense
        neverCards
      />
      {rows.length > shownFirst && (
        <div className="mt-2 flex flex-wrap items-center gap-4 text-note">
          <span>{words.order}</span>
          <Button look="text" size="small" expanded={all} onPress={() => setAll(!all)}>
            {all ? words.fewFields : words.allFields(f.number(rows.length))}
          </Button>
        </div>
      )}
    </>
  )
}
