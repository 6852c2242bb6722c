import type { BulkPreview, BulkRow } from '#register/api-bulk.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DiffList } from '#web/ui/diff.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { useFactWords } from './fact-view.tsx'

type Props = { preview: BulkPreview; busy: boolean; onBack: () => void; onApply: () => void }

/** Every row old and new, the refused ones with their reason; the counts add up. */
export function BulkRows({ preview, busy, onBack, onApply }: Props) {
  const t = useTexts()
  const words = t.register.bulk
  const [changed, refused, unchanged] = [preview.changed, preview.refused, preview.unchanged].map(formatNumber) as [
    string,
    string,
    string,
  ]
  const all = preview.changed + preview.refused + preview.unchanged
  return (
    <>
      <p role="status" className="mb-1 font-700 text-solid-gray-900">
        {words.equation(formatNumber(all), changed, refused, unchanged)}
      </p>
      {preview.rows.length < all && <p className="mb-3">{words.rowsShown(formatNumber(preview.rows.length))}</p>}
      <DataTable
        caption={words.previewTitle}
        columns={useColumns()}
        rows={preview.rows}
        rowKey={({ useId }) => useId}
        rowTone={(row) => (row.refused ? 'error' : row.changes.length === 0 ? 'quiet' : undefined)}
      />
      <div className="mt-6 flex flex-wrap items-start justify-between gap-3">
        <Button onPress={onBack}>{words.back}</Button>
        <Button
          look="filled"
          busy={busy}
          blockedBecause={preview.changed === 0 ? words.nothing : undefined}
          onPress={onApply}
        >
          {preview.refused === 0 ? words.apply(changed) : words.applyWith(changed, refused)}
        </Button>
      </div>
    </>
  )
}

function useColumns(): readonly Column<BulkRow>[] {
  const t = useTexts()
  const words = t.register.bulk
  const factWords = useFactWords()
  const why = (code: string) =>
    Object.hasOwn(t.register.refusals, code) && code !== 'other'
      ? t.register.refusals[code as Exclude<keyof typeof t.register.refusals, 'other'>]
      : t.register.refusals.other(code)
  return [
    {
      id: 'name',
      name: words.columns.name,
      width: 'w-2/5',
      cell: ({ systemId, name }) => <Link href={paths.system(systemId)}>{name}</Link>,
    },
    {
      id: 'change',
      name: words.columns.change,
      cell: ({ refused, changes }) => {
        if (refused) {
          return (
            <span className="text-red-900">
              <span className="font-700">{words.refused}</span>：{why(refused.code)}
            </span>
          )
        }
        if (changes.length === 0) return words.unchanged
        return (
          <DiffList
            items={changes.map(({ field, from, to }) => ({
              id: field,
              name: t.fields.labels[field],
              from: factWords(field, from),
              to: factWords(field, to),
            }))}
          />
        )
      },
    },
  ]
}
