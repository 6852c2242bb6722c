import { type Choices, type Difference, differenceKey } from '#procurement/documents/excel/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { Diff } from '#web/ui/diff.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

export const openConflicts = (differences: readonly Difference[], choices: Choices): number =>
  differences.filter((one) => one.conflict && choices[differenceKey(one)] === undefined).length

type Props = { differences: readonly Difference[]; choices: Choices; onChoices: (choices: Choices) => void }

/** One line a cell: what it is, what it would be; where both changed, which one to keep. */
export function DifferenceTable({ differences, choices, onChoices }: Props) {
  const t = useTexts().documents
  const shown = (text: string) => (text === '' ? t.take.empty : text)
  const columns: readonly Column<Difference>[] = [
    { id: 'row', name: t.columns.row, rowHead: true, width: 'w-24', cell: ({ id }) => <b className="keep">{id}</b> },
    {
      id: 'column',
      name: t.columns.column,
      width: 'w-40',
      cell: ({ name, cell }) => (
        <>
          {name}
          <br />
          <span className="text-note text-solid-gray-700">{cell}</span>
        </>
      ),
    },
    {
      id: 'change',
      name: `${t.columns.from} → ${t.columns.to}`,
      cell: (one) =>
        one.conflict ? (
          <>
            <p className="mb-2 text-note text-solid-gray-700">{t.take.base(shown(one.base))}</p>
            <RadioCards
              label={t.take.chooseBoth}
              columns={1}
              offerNotYet={false}
              choices={[
                { id: 'file', name: t.take.fromFile, help: shown(one.to) },
                { id: 'now', name: t.take.now, help: shown(one.now) },
              ]}
              value={choices[differenceKey(one)]}
              onChange={(id) => onChoices({ ...choices, [differenceKey(one)]: id === 'file' ? 'file' : 'now' })}
            />
          </>
        ) : one.now.length + one.to.length > 400 ? (
          <>
            <LongText text={shown(one.now)} />
            <p className="font-700">↓</p>
            <LongText text={shown(one.to)} />
          </>
        ) : (
          <Diff from={shown(one.now)} to={shown(one.to)} />
        ),
    },
  ]
  return (
    <DataTable
      caption={t.take.differences(String(differences.length), '')}
      columns={columns}
      rows={differences}
      rowKey={differenceKey}
    />
  )
}
