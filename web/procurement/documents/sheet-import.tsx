import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { FormPreview, PlannerForm } from '#procurement/documents/api.ts'
import type { Choices } from '#procurement/documents/excel/model.ts'
import { api, ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'

import { previewUpload } from './calls.ts'
import { DifferenceTable, openConflicts } from './difference-table.tsx'
import { FaultTable } from './fault-table.tsx'
import { WorkbookProblem } from './file-words.tsx'

/** Choose a file, see what it changes, decide where both changed, take it: each step shows that nothing is lost. */
export function SheetImport({ id, sheet }: { id: string; sheet: PlannerForm }) {
  const t = useTexts().documents.take
  const f = useFormat()
  const [file, setFile] = useState<File>()
  const preview = useMutation({ mutationFn: (chosen: File) => previewUpload(id, sheet, chosen) })
  const choose = (chosen: File) => {
    setFile(chosen)
    preview.mutate(chosen)
  }
  return (
    <>
      <FileField
        label={t.file}
        help={t.help}
        accept=".xlsx"
        choose={t.choose}
        drop={t.drop}
        busy={preview.isPending}
        onFile={choose}
      />
      <div className="mt-2" role="status">
        {preview.isPending ? t.reading : file && preview.isSuccess ? file.name : ''}
      </div>
      <div className="mt-6">
        {preview.isError && <WorkbookProblem error={preview.error} />}
        {preview.isSuccess && preview.data.faultCount > 0 && (
          <>
            <Notice kind="error" title={t.faults(f.number(preview.data.faultCount))} takesFocus>
              {t.faultsTodo}
              {preview.data.faultCount > preview.data.faults.length &&
                ` ${t.faultsShown(f.number(preview.data.faults.length))}`}
            </Notice>
            <div className="mt-4">
              <FaultTable faults={preview.data.faults} />
            </div>
          </>
        )}
        {preview.isSuccess && preview.data.faultCount === 0 && (
          <Differences
            key={preview.data.seen}
            id={id}
            preview={preview.data}
            onAgain={() => file && preview.mutate(file)}
          />
        )}
      </div>
    </>
  )
}

type Props = { id: string; preview: FormPreview; onAgain: () => void }

function Differences({ id, preview, onAgain }: Props) {
  const t = useTexts().documents.take
  const f = useFormat()
  const queryClient = useQueryClient()
  const [choices, setChoices] = useState<Choices>({})
  const { sheet, sha256, fileName, seen, differences } = preview
  const take = useMutation({
    mutationFn: () =>
      api.post<{ cells: number; rows: number }>(`/procurements/${id}/sheets/${sheet}/take`, {
        sha256,
        fileName,
        seen,
        choices,
      }),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (take.isSuccess)
    return (
      <Notice kind="success" title={t.done(f.number(take.data.cells), f.number(take.data.rows))} takesFocus>
        <Link href={paths.procurement(id)}>{t.back}</Link>
      </Notice>
    )
  if (differences.length === 0)
    return (
      <Notice kind="information" title={t.same}>
        <Link href={paths.procurement(id)}>{t.back}</Link>
      </Notice>
    )
  const conflicts = differences.filter((one) => one.conflict).length
  const open = openConflicts(differences, choices)
  const cells = differences.length - Object.values(choices).filter((one) => one === 'now').length
  const blocked = open > 0 ? t.openConflicts(f.number(open)) : cells === 0 ? t.none : undefined
  const isStale = take.error instanceof ApiError && take.error.code === 'changed-meanwhile'
  return (
    <>
      <h2 className="text-std-20B-150 text-solid-gray-900">
        {t.differences(f.number(differences.length), f.number(preview.cells))}
      </h2>
      {conflicts > 0 && (
        <div className="mt-3">
          <Notice kind="attention" title={t.conflicts(f.number(conflicts))} />
        </div>
      )}
      <div className="mt-4">
        <DifferenceTable differences={differences} choices={choices} onChoices={setChoices} />
      </div>
      <div className="mt-6" aria-live="polite">
        {isStale ? (
          <Notice
            kind="attention"
            title={t.changed}
            takesFocus
            action={<Button onPress={onAgain}>{t.reread}</Button>}
          />
        ) : (
          take.isError && <WorkbookProblem error={take.error} />
        )}
      </div>
      <div className="mt-4 flex flex-wrap items-start gap-4">
        <Button
          look="filled"
          busy={take.isPending}
          {...(blocked === undefined ? {} : { blockedBecause: blocked })}
          onPress={() => take.mutate()}
        >
          {t.button(f.number(cells))}
        </Button>
        <p className="text-note text-solid-gray-700">{t.promise}</p>
      </div>
    </>
  )
}
