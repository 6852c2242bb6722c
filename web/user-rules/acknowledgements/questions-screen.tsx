import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import type { WrittenQuestions } from '#user-rules/acknowledgements/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'

import { QuestionResults } from './question-results.tsx'
import { QuestionsForm } from './questions-form.tsx'

/** The check questions of one version: written while it is a draft, afterwards with what was chosen at first. */
export function QuestionsScreen() {
  const t = useTexts()
  const words = t.staffRules.writing
  const { id } = useParams({ strict: false })
  const versionId = id ?? ''
  const query = useQuery({
    queryKey: ['check-questions', versionId],
    queryFn: ({ signal }) => api.get<WrittenQuestions>(`/rule-versions/${versionId}/check-questions`, { signal }),
  })
  return (
    <Page
      title={words.title}
      lead={`${words.lead}${words.privacy}`}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.userRules.title, href: paths.userRules() },
      ]}
    >
      <Loaded query={query}>
        {(written) =>
          written.mayWrite ? (
            <QuestionsForm key={written.version} versionId={versionId} written={written} />
          ) : (
            <QuestionResults written={written} />
          )
        }
      </Loaded>
    </Page>
  )
}
