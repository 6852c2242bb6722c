import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

/** Why a file was not accepted, in the words of evidence; any other failure as everywhere. */
export function EvidenceProblem({ error }: { error: unknown }) {
  const t = useTexts()
  const worded = error instanceof ApiError ? wordsOf(error) : undefined
  if (worded === undefined) return <Problem error={error} takesFocus />
  return (
    <Notice kind="error" title={worded.what} takesFocus>
      <p>{worded.todo}</p>
    </Notice>
  )
  function wordsOf({ params }: ApiError) {
    if (params['reason'] === 'scan-failed') return t.evidence.notScanned
    return t.evidence.refusal(String(params['evidence']), params)
  }
}
