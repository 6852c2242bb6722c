import { ApiError } from '#web/api.ts'
import { faultWords } from '#web/import/file-problem.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

/** Which program or file failed, and what to do; the sheet is as it was. */
export function WorkbookProblem({ error }: { error: unknown }) {
  const t = useTexts()
  const words = faultWords(t, error)
  if (words === undefined) return <Problem error={error} takesFocus />
  return (
    <Notice kind="error" title={t.documents.take.unreadable} takesFocus>
      <p className="font-700">{words.what}</p>
      <p>{words.todo}</p>
      <p className="mt-1 text-note text-solid-gray-700">{t.documents.take.nothing}</p>
    </Notice>
  )
}

/** PDF that could not be made is no fault of the person: Word still can. */
export function MakingProblem({ error }: { error: unknown }) {
  const t = useTexts().documents
  const reason = error instanceof ApiError ? error.params['reason'] : undefined
  if (reason === 'pdf-failed' || reason === 'no-pdf-converter')
    return (
      <Notice kind="error" title={reason === 'pdf-failed' ? t.pdfFailed : t.noPdf} takesFocus>
        {reason === 'pdf-failed' ? t.pdfFailedTodo : t.noPdfHow}
      </Notice>
    )
  return <Problem error={error} takesFocus />
}
