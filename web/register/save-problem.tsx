import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

const keywordsOf = (error: unknown): readonly string[] => {
  const issues: unknown = error instanceof ApiError ? error.params['issues'] : undefined
  if (!Array.isArray(issues)) return []
  return issues.flatMap((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'keyword' in issue && typeof issue.keyword === 'string'
      ? [issue.keyword]
      : [],
  )
}

/** What only the server can know, in the words of the form: a name that another use of the system bears already. */
export function SaveProblem({ error }: { error: unknown }) {
  const t = useTexts()
  const keywords = keywordsOf(error)
  if (!keywords.includes('use-name-twice') && !keywords.includes('use-name-needed')) {
    return <Problem error={error} takesFocus />
  }
  return (
    <Notice kind="error" title={t.register.form.errors.useNameTaken} takesFocus>
      <p>{t.register.form.errors.useNameTwice}</p>
    </Notice>
  )
}
