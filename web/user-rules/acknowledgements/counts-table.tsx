import type { Counts, Followed } from '#user-rules/acknowledgements/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DataTable } from '#web/ui/table.tsx'

type Row = Followed['rows'][number] & { readonly sum?: boolean }

/** Each place below with all that lies below it; the rows add up to the last one. */
export function CountsTable({ followed }: { followed: Followed }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.following
  const { organisation, rows, total, rule } = followed
  const sum: Row = { ...total, ...organisation, itself: false, below: false, sum: true }
  const nameOf = (row: Row) => (row.itself ? words.itself(pick(row.name)) : pick(row.name))
  const figure = (row: Row, what: 'this' | 'wording' | 'earlier' | 'never' | 'over', count: number) =>
    count === 0 || row.itself ? (
      f.number(count)
    ) : (
      <Link
        href={paths.acknowledgements({ rule: rule.ruleId, organisation: row.id, show: what })}
        label={words.openPeople(
          f.number(count),
          what === 'over' ? words.columns.over : words.columns[what],
          nameOf(row),
        )}
      >
        {f.number(count)}
      </Link>
    )
  const overOf = ({ earlierOver, neverOver }: Counts) => earlierOver + neverOver
  return (
    <DataTable<Row>
      caption={words.title}
      rows={rows.length > 1 ? [...rows, sum] : rows}
      rowKey={({ id, sum: isSum }) => (isSum ? 'sum' : id)}
      rowName={nameOf}
      rowTone={({ sum: isSum }) => (isSum ? 'sum' : undefined)}
      columns={[
        {
          id: 'place',
          name: words.columns.place,
          cell: (row) =>
            row.below ? (
              <Link href={paths.acknowledgements({ rule: rule.ruleId, organisation: row.id })}>{nameOf(row)}</Link>
            ) : (
              nameOf(row)
            ),
        },
        { id: 'staff', name: words.columns.staff, align: 'right', cell: (row) => f.number(row.staff) },
        { id: 'this', name: words.columns.this, align: 'right', cell: (row) => figure(row, 'this', row.this) },
        {
          id: 'wording',
          name: words.columns.wording,
          align: 'right',
          cell: (row) => figure(row, 'wording', row.wording),
        },
        {
          id: 'earlier',
          name: words.columns.earlier,
          align: 'right',
          cell: (row) => figure(row, 'earlier', row.earlier),
        },
        { id: 'never', name: words.columns.never, align: 'right', cell: (row) => figure(row, 'never', row.never) },
        { id: 'over', name: words.columns.over, align: 'right', cell: (row) => figure(row, 'over', overOf(row)) },
      ]}
    />
  )
}
