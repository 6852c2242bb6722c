import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

/** Why a deed of a tender was not done: in the words of tenders where it is a rule of theirs, otherwise as everywhere. */
export function Refused({ error }: { error: unknown }) {
  const t = useTexts().tenders
  if (error === null || error === undefined) return null
  const reason = error instanceof ApiError ? String(error.params['reason'] ?? '') : ''
  const words =
    t.compare.refused[reason] ?? (reason in t.closed ? t.closed[reason as keyof typeof t.closed] : undefined)
  return words === undefined ? <Problem error={error} takesFocus /> : <Notice kind="error" title={words} takesFocus />
}
