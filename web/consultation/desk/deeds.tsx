import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Consultation } from '#consultation/desk/api.ts'
import { api, ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { consultationQuery } from './calls.ts'
import { type Act, AnswerForm, DeadlineForm, HandOverForm, TextForm } from './deed-forms.tsx'

type Opened = 'answer' | 'follow-up' | 'hand-over' | 'deadline' | 'withdraw'

/** What may be done with a question now, for either side; what is not possible in its state is shown with the reason. */
export function Deeds({ one }: { one: Consultation }) {
  const t = useTexts()
  const words = t.desk.deeds
  const [opened, setOpened] = useState<Opened>()
  const { act, moved } = useAct(one, () => setOpened(undefined))
  if (one.side === 'reader') return null
  const at = { one, act, onCancel: () => setOpened(undefined) }
  return (
    <Section title={words.title}>
      {moved && <Notice kind="attention" title={words.moved} takesFocus />}
      {act.isError && !moved && <Problem error={act.error} takesFocus />}
      {opened === undefined &&
        (one.side === 'desk' ? (
          <DeskButtons one={one} act={act} onOpen={setOpened} />
        ) : (
          <AskerButtons one={one} act={act} onOpen={setOpened} />
        ))}
      {opened === 'answer' && <AnswerForm {...at} />}
      {opened === 'follow-up' && (
        <TextForm {...at} what="follow-up" label={words.followUpLabel} deed={words.sendFollowUp} field="text" />
      )}
      {opened === 'withdraw' && (
        <TextForm {...at} what="withdraw" label={words.withdrawWhy} deed={words.withdraw} field="because" />
      )}
      {opened === 'hand-over' && <HandOverForm {...at} />}
      {opened === 'deadline' && <DeadlineForm {...at} />}
    </Section>
  )
}

/** Whoever was slower is shown the present state, and keeps what was written. */
function useAct(one: Consultation, onDone: () => void) {
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['consultations'] })
  const act = useMutation({
    mutationFn: ({ what, body }: Act) =>
      api.post<Consultation>(`/consultations/${one.id}/${what}`, body, { version: one.version }),
    onSuccess: async (now) => {
      queryClient.setQueryData(consultationQuery(one.id).queryKey, now)
      onDone()
      await refresh()
      await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') void refresh()
    },
  })
  return { act, moved: act.error instanceof ApiError && act.error.code === 'changed-meanwhile' }
}

type ButtonsProps = { one: Consultation; act: ReturnType<typeof useAct>['act']; onOpen: (what: Opened) => void }

function DeskButtons({ one, act, onOpen }: ButtonsProps) {
  const words = useTexts().desk.deeds
  const publication = useTexts().desk.one.publishLink
  const blocked = (ok: boolean, why = words.blocked) => (ok ? {} : { blockedBecause: why, reason: 'hidden' as const })
  const { can } = one
  const waits = one.state === 'asked' || one.state === 'taken'
  return (
    <div className="flex flex-wrap gap-3">
      {one.state === 'asked' && (
        <Button look="filled" size="medium" busy={act.isPending} onPress={() => act.mutate({ what: 'take' })}>
          {words.take}
        </Button>
      )}
      <Button
        look={one.state === 'taken' ? 'filled' : 'outline'}
        size="medium"
        {...(can.answer.ok ? {} : { blockedBecause: one.state === 'asked' ? words.takeFirst : words.blocked })}
        onPress={() => onOpen('answer')}
      >
        {words.answer}
      </Button>
      {waits && (
        <>
          <Button size="medium" {...blocked(can['hand-over'].ok, words.takeFirst)} onPress={() => onOpen('hand-over')}>
            {words.handOver}
          </Button>
          <Button size="medium" {...blocked(can['set-deadline'].ok)} onPress={() => onOpen('deadline')}>
            {words.deadline}
          </Button>
        </>
      )}
      {one.publishable.ok && (
        <ButtonLink size="medium" href={paths.publication(one.id)}>
          {publication}
        </ButtonLink>
      )}
      {can.close.ok && (
        <Button size="medium" busy={act.isPending} onPress={() => act.mutate({ what: 'close' })}>
          {words.close}
        </Button>
      )}
    </div>
  )
}

function AskerButtons({ one, act, onOpen }: ButtonsProps) {
  const words = useTexts().desk.deeds
  const { can } = one
  return (
    <div className="flex flex-wrap gap-3">
      <Button
        size="medium"
        {...(can['follow-up'].ok ? {} : { blockedBecause: words.blocked })}
        onPress={() => onOpen('follow-up')}
      >
        {words.followUp}
      </Button>
      {can.close.ok && (
        <Button look="filled" size="medium" busy={act.isPending} onPress={() => act.mutate({ what: 'settle' })}>
          {words.settle}
        </Button>
      )}
      {can.withdraw.ok && (
        <Button look="text" tone="danger" size="medium" onPress={() => onOpen('withdraw')}>
          {words.withdraw}
        </Button>
      )}
    </div>
  )
}
