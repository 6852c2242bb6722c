import { useState } from 'react'

import type { ComparisonCell, ComparisonPage } from '#procurement/tenders/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { Mark, type MarkState } from '#web/procurement/sheets/mark.tsx'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { DataTable } from '#web/ui/table.tsx'
import { useSearch } from '@tanstack/react-router'

import { CellPanel } from './cell-panel.tsx'

type Item = ComparisonPage['items'][number]
type Counted = ComparisonPage['bidders'][number]

const stateOf = ({ answer, evaluation }: ComparisonCell): MarkState =>
  evaluation?.mark ?? (answer === null || answer.fulfils === null ? 'unanswered' : 'unjudged')

/** Items as rows, bidders as columns; the columns scroll inside the table, the items stay. */
export function ComparisonTable({ comparison }: { comparison: ComparisonPage }) {
  const { tenders } = useTexts()
  const t = tenders.compare
  const pick = usePick()
  const asked = oneOf(useSearch({ strict: false }), 'item')
  const [chosen, setChosen] = useState<{ item: string; bidder: string } | undefined>(
    asked === '' || !comparison.bidders[0] ? undefined : { item: asked, bidder: comparison.bidders[0].id },
  )
  const { bidders, items } = comparison
  return (
    <>
      <Counts comparison={comparison} />
      <p className="mb-3">{t.tableLead}</p>
      {/* A box that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={t.table}>
        <table className="w-full border-collapse">
          <caption className="sr-only">{t.table}</caption>
          <thead>
            <tr className="border-b-2 border-solid-gray-900 text-left align-bottom">
              <th scope="col" className="sticky left-0 min-w-40 bg-white py-2 pr-3 sm:min-w-64">
                {t.item}
              </th>
              {bidders.map((bidder) => (
                <th key={bidder.id} scope="col" className="min-w-32 px-2 py-2">
                  {bidder.label}
                  <span className="block text-note font-400">{pick(bidder.supplier.name)}</span>
                  {bidder.handedIn === 0 && <span className="block text-note font-400">{t.notHandedIn}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.item} comparison={comparison} item={item} chosen={chosen} onChoose={setChosen} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

type RowProps = {
  comparison: ComparisonPage
  item: Item
  chosen: { item: string; bidder: string } | undefined
  onChoose: (chosen: { item: string; bidder: string } | undefined) => void
}

function Row({ comparison, item, chosen, onChoose }: RowProps) {
  const { tenders, procurement } = useTexts()
  const t = tenders.compare
  const pick = usePick()
  const open = chosen?.item === item.item ? item.cells.find(({ bidderId }) => bidderId === chosen.bidder) : undefined
  return (
    <>
      <tr className="border-b border-solid-gray-420 align-top">
        <th scope="row" className="sticky left-0 bg-white py-2 pr-3 text-left font-400">
          <span className="font-700">{labelOf(item.item)}</span> {pick(item.text.title)}
        </th>
        {item.cells.map((cell) => {
          const bidder = comparison.bidders.find(({ id }) => id === cell.bidderId)!
          const state = stateOf(cell)
          const isOpen = open?.bidderId === cell.bidderId
          return (
            <td key={cell.bidderId} className="px-2 py-2">
              <button
                type="button"
                aria-expanded={isOpen}
                className={`flex min-h-11 w-full cursor-pointer flex-col items-start gap-1 rounded-6 border p-2 text-left hover:bg-blue-50 ${isOpen ? 'border-blue-900 bg-blue-50' : 'border-transparent'}`}
                onClick={() => onChoose(isOpen ? undefined : { item: item.item, bidder: cell.bidderId })}
              >
                <span className="sr-only">{t.cellOf(labelOf(item.item), bidder.label)}</span>
                <span className="inline-flex items-center gap-2">
                  <Mark state={state} />
                  <span className="text-note">{procurement.legend[state]}</span>
                </span>
                {state !== 'unanswered' && <Says cell={cell} />}
              </button>
            </td>
          )
        })}
      </tr>
      {open && (
        <tr className="border-b border-solid-gray-420">
          <td colSpan={item.cells.length + 1} className="py-3">
            <div className="sticky left-0 max-w-[min(60rem,calc(100vw-4rem))]">
              <CellPanel
                key={open.bidderId}
                comparison={comparison}
                item={item}
                cell={open}
                onClose={() => onChoose(undefined)}
              />
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

/** What the bidder itself says, apart from how it was evaluated. */
function Says({ cell: { answer, evaluation } }: { cell: ComparisonCell }) {
  const t = useTexts().tenders.compare
  return (
    <span className="text-note text-solid-gray-700">
      {t.answers[answer?.fulfils ?? 'unanswered']}
      {answer?.earlierText === true && <span className="block text-yellow-1200">{t.earlierText}</span>}
      {evaluation?.outdated === true && <span className="block text-yellow-1200">{t.outdated}</span>}
    </span>
  )
}

/** Each count by itself: what was not answered or not evaluated is in no other. */
function Counts({ comparison: { bidders } }: { comparison: ComparisonPage }) {
  const t = useTexts().tenders.compare
  const format = useFormat()
  const marks = ['meets', 'partly', 'fails', 'notEvaluated'] as const
  const answers = ['yes', 'partly', 'no', 'unanswered'] as const
  return (
    <div className="mb-4">
      <DataTable
        caption={t.counts}
        dense
        rows={bidders}
        rowKey={({ id }) => id}
        columns={[
          { id: 'bidder', name: t.bidder, rowHead: true, cell: ({ label }) => label },
          ...answers.map((one) => ({
            id: `answer-${one}`,
            name: t.answers[one],
            align: 'right' as const,
            cell: ({ counts, handedIn }: Counted) =>
              handedIn === 0 ? t.notHandedIn : format.number(counts.answers[one]),
          })),
          ...marks.map((one) => ({
            id: `mark-${one}`,
            name: t.markNamed(t.marks[one]),
            align: 'right' as const,
            cell: ({ counts }: Counted) => format.number(counts.marks[one]),
          })),
        ]}
      />
      <p className="text-note text-solid-gray-700">{t.countsNote}</p>
    </div>
  )
}
