import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { type Draft, emptyDraft, isComplete, QuestionForm } from './question-form.tsx'
import { SimilarAnswers } from './similar-answers.tsx'

/** A new question; published answers to similar ones stand beside it while it is written. */
export function ConsultationNewScreen() {
  const t = useTexts()
  const words = t.desk.form
  const router = useRouter()
  const search = useSearch({ strict: false })
  const queryClient = useQueryClient()
  // From the page of a system one asks about that system.
  const [about] = useState(() => ({ id: oneOf(search, 'system'), name: oneOf(search, 'name') }))
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, systemId: about.id === '' ? null : about.id })
  const [tried, setTried] = useState(false)
  const making = useMutation({
    mutationFn: (send: boolean) => api.post<{ id: string }>('/consultations', { ...draft, send }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['consultations'] })
      router.history.push(paths.consultation(id))
    },
  })
  const make = (send: boolean) => {
    setTried(true)
    if (isComplete(draft)) making.mutate(send)
  }
  return (
    <Page title={words.newTitle} lead={words.lead} crumbs={[{ name: t.desk.title, href: paths.consultations() }]}>
      <MainAndAside
        main={
          <form
            noValidate
            className="flex flex-col gap-6"
            onSubmit={(e) => {
              e.preventDefault()
              make(true)
            }}
          >
            <QuestionForm
              draft={draft}
              onChange={setDraft}
              tried={tried}
              known={about.id === '' ? null : { ...about, name: about.name === '' ? about.id : about.name }}
            />
            {making.isError && <Problem error={making.error} takesFocus />}
            <div className="flex flex-wrap gap-4">
              <Button type="submit" look="filled" busy={making.isPending}>
                {words.send}
              </Button>
              <Button busy={making.isPending} onPress={() => make(false)}>
                {words.saveDraft}
              </Button>
            </div>
          </form>
        }
        aside={<SimilarAnswers text={`${draft.subject}\n${draft.question}`} />}
        asideName={t.desk.similar.title}
      />
    </Page>
  )
}
