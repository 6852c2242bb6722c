import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

import type { Consultation } from '#consultation/desk/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { MainAndAside } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { consultationQuery } from './calls.ts'
import { type Draft, isComplete, QuestionForm } from './question-form.tsx'
import { SimilarAnswers } from './similar-answers.tsx'

/** A draft: what it says can be changed until it is sent. */
export function DraftView({ one }: { one: Consultation }) {
  const t = useTexts()
  const words = t.desk.form
  const router = useRouter()
  const queryClient = useQueryClient()
  const { subject, question, system, wishedOn } = one
  const [draft, setDraft] = useState<Draft>({ subject, question, systemId: system?.id ?? null, wishedOn })
  const [tried, setTried] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const save = () => api.patch<Consultation>(`/consultations/${one.id}`, draft, { version: one.version })
  const after = async (now: Consultation) => {
    queryClient.setQueryData(consultationQuery(one.id).queryKey, now)
    await queryClient.invalidateQueries({ queryKey: ['consultations'] })
    await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
  }
  const saving = useMutation({ mutationFn: save, onSuccess: after })
  const sending = useMutation({
    mutationFn: async () => {
      const { version } = await save()
      return api.post<Consultation>(`/consultations/${one.id}/send`, undefined, { version })
    },
    onSuccess: after,
  })
  const discard = useMutation({
    mutationFn: () => api.delete(`/consultations/${one.id}`, { version: one.version }),
    onSuccess: async () => {
      router.history.push(paths.consultations())
      await queryClient.invalidateQueries({ queryKey: ['consultations', 'list'] })
    },
  })
  const asker = one.can['send'].ok
  const error = saving.error ?? sending.error ?? discard.error
  const go = (deed: { mutate: () => void }) => {
    setTried(true)
    if (isComplete(draft)) deed.mutate()
  }
  return (
    <MainAndAside
      main={
        <form
          noValidate
          className="flex flex-col gap-6"
          onSubmit={(e) => {
            e.preventDefault()
            go(sending)
          }}
        >
          <Notice kind="information" title={words.draftNote} />
          <QuestionForm draft={draft} onChange={setDraft} tried={tried} known={one.system} />
          {error !== null && <Problem error={error} takesFocus />}
          <div className="flex flex-wrap gap-4">
            <Button
              type="submit"
              look="filled"
              busy={sending.isPending}
              {...(asker ? {} : { blockedBecause: t.desk.deeds.blocked })}
            >
              {words.send}
            </Button>
            <Button busy={saving.isPending} onPress={() => go(saving)}>
              {words.save}
            </Button>
            <Button look="text" tone="danger" onPress={() => setDiscarding(true)}>
              {words.discard}
            </Button>
          </div>
          <ConfirmDialog
            open={discarding}
            onClose={() => setDiscarding(false)}
            title={words.discardAsk}
            deed={words.discard}
            cancel={words.keep}
            tone="danger"
            busy={discard.isPending}
            onDeed={() => discard.mutate()}
          >
            {words.discardText}
          </ConfirmDialog>
        </form>
      }
      aside={<SimilarAnswers text={`${draft.subject}\n${draft.question}`} />}
      asideName={t.desk.similar.title}
    />
  )
}
