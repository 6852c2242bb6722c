import { isFieldId } from '#register/fields.ts'
import type { Preview } from '#register/import/api.ts'
import { factOf, type Facts } from '#register/model.ts'
import { FactView } from '#web/register/fact-view.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import type { ImportPreview, Show } from './calls.ts'
import { useMarkWords } from './mark-words.ts'
import { ShowChoice } from './show-choice.tsx'

type Row = Preview['page'][number]
type Page = { readonly from: number; readonly show: Show }
type Props = { preview: ImportPreview; page: Page; onPage: (page: Page) => void }

/** What the rows will become, by their number in the original. */
export function PreviewTable({ preview, page, onPage }: Props) {
  const t = useTexts()
  const words = t.importing.preview
  const rows = preview.page
  const columns = useColumns()
  const [first, last] = [rows[0]?.rowNumber, rows.at(-1)?.rowNumber]
  return (
    <div id="preview" tabIndex={-1}>
      <Section
        title={words.title}
        aside={
          <>
            {first !== undefined && last !== undefined && words.range(formatNumber(first), formatNumber(last))}
            <ShowChoice
              value={page.show}
              choices={(['rejected', 'flagged', 'all'] as const).map((id) => [id, words.show[id]])}
              onChange={(show) => onPage({ from: 0, show })}
            />
          </>
        }
      >
        {rows.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <DataTable
            caption={words.title}
            columns={columns}
            rows={rows}
            rowKey={({ rowNumber }) => String(rowNumber)}
            rowTone={({ outcome }) => (outcome === 'rejected' ? 'error' : undefined)}
          />
        )}
        <div className="mt-3 flex flex-wrap gap-3">
          {page.from > 0 && (
            <Button size="medium" onPress={() => onPage({ ...page, from: 0 })}>
              {words.first}
            </Button>
          )}
          {preview.next !== null && (
            <Button size="medium" onPress={() => onPage({ ...page, from: preview.next ?? 0 })}>
              {words.more}
            </Button>
          )}
        </div>
      </Section>
    </div>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useTexts()
  const words = t.importing.preview
  const blank = <span className="text-solid-gray-700">{words.blank}</span>
  const fact = (field: 'stage' | 'information-class') => {
    const cell = ({ outcome, facts }: Row) =>
      outcome === 'rejected' ? null : <FactView field={field} fact={factOf(factsOf(facts), field)} />
    return cell
  }
  return [
    { id: 'row', name: words.row, align: 'right', width: 'w-24', cell: ({ rowNumber }) => formatNumber(rowNumber) },
    { id: 'outcome', name: words.outcome, width: 'w-16', cell: ({ outcome }) => <Outcome outcome={outcome} /> },
    { id: 'id', name: words.id, cell: ({ sourceId }) => sourceId ?? blank },
    {
      id: 'name',
      name: words.name,
      width: 'w-[24%]',
      cell: ({ name }) => <span className="line-clamp-3">{name ?? blank}</span>,
    },
    {
      id: 'organisation',
      name: words.organisation,
      cell: ({ organisation }) => organisation.map((unit) => <p key={unit}>{unit}</p>),
    },
    { id: 'stage', name: words.stage, cell: fact('stage') },
    { id: 'information-class', name: words.informationClass, cell: fact('information-class') },
    { id: 'why', name: words.why, width: 'w-[22%]', cell: (row) => <Marks reasons={row.reasons} flags={row.flags} /> },
  ]
}

const factsOf = (facts: Record<string, unknown>): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([id]) => isFieldId(id)))

export function Outcome({ outcome }: { outcome: 'stored' | 'rejected' }) {
  const t = useTexts()
  return (
    <span className={`keep font-700 ${outcome === 'stored' ? 'text-green-900' : 'text-red-900'}`}>
      {t.words.importOutcomes[outcome]}
    </span>
  )
}

/** Reasons in red words, flags as tags. */
export function Marks({ reasons, flags }: Pick<Row, 'reasons' | 'flags'>) {
  const words = useMarkWords()
  const unique = (marks: Row['flags']) => [...new Set(marks.map(words))]
  return (
    <span className="flex flex-wrap gap-1.5">
      {unique(reasons).map((text) => (
        <span key={text} className="font-700 text-red-900">
          {text}
        </span>
      ))}
      {unique(flags).map((text) => (
        <Tag key={text} tone="attention">
          {text}
        </Tag>
      ))}
    </span>
  )
}
