import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Consultation } from '#consultation/desk/api.ts'
import { api, ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { consultationQuery, deskPeopleQuery } from './calls.ts'
import { SimilarAnswers } from './similar-answers.tsx'

type Opened = 'answer' | 'follow-up' | 'hand-over' | 'deadline' | 'withdraw'
type Act = { readonly what: string; readonly body?: unknown }

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

type FormProps = { one: Consultation; act: ButtonsProps['act']; onCancel: () => void }

function Ends({ deed, busy, onCancel }: { deed: string; busy: boolean; onCancel: () => void }) {
  const words = useTexts().desk.deeds
  return (
    <div className="flex flex-wrap gap-3">
      <Button type="submit" look="filled" size="medium" busy={busy}>
        {deed}
      </Button>
      <Button look="text" size="medium" onPress={onCancel}>
        {words.cancel}
      </Button>
    </div>
  )
}

type TextFormProps = FormProps & { what: string; label: string; deed: string; field: 'text' | 'because' }

function TextForm({ act, onCancel, what, label, deed, field }: TextFormProps) {
  const words = useTexts().desk.deeds
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (text.trim() !== '') act.mutate({ what, body: { [field]: text } })
      }}
    >
      <TextArea
        label={label}
        requirement="required"
        width="full"
        rows={6}
        value={text}
        onChange={setText}
        {...(tried && text.trim() === '' ? { error: words.needText } : {})}
      />
      <Ends deed={deed} busy={act.isPending} onCancel={onCancel} />
    </form>
  )
}

/** Earlier published answers stand beside the answer that is written; they are copied only by a press. */
function AnswerForm({ one, act, onCancel }: FormProps) {
  const words = useTexts().desk.deeds
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const asked = one.thread.filter((entry) => entry.type === 'asked' || entry.type === 'followed-up')
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (text.trim() !== '') act.mutate({ what: 'answer', body: { text } })
      }}
    >
      <TextArea
        label={words.answerLabel}
        help={words.answerHelp}
        requirement="required"
        width="full"
        rows={10}
        value={text}
        onChange={setText}
        {...(tried && text.trim() === '' ? { error: words.needText } : {})}
      />
      <Ends deed={words.sendAnswer} busy={act.isPending} onCancel={onCancel} />
      <SimilarAnswers
        text={[one.subject, ...asked.map((entry) => entry.text ?? ''), text].join('\n')}
        onUse={(answer) => setText((now) => (now.trim() === '' ? answer.answer : `${now}\n\n${answer.answer}`))}
      />
    </form>
  )
}

function HandOverForm({ act, onCancel }: FormProps) {
  const words = useTexts().desk.deeds
  const pick = usePick()
  const f = useFormat()
  const people = useQuery(deskPeopleQuery)
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (to !== undefined && note.trim() !== '') act.mutate({ what: 'hand-over', body: { to, note } })
      }}
    >
      <Select
        label={words.to}
        help={words.toHelp}
        requirement="required"
        width="long"
        value={to}
        onChange={setTo}
        choices={(people.data?.items ?? []).map((one) => ({
          id: one.id,
          name: `${pick(one.name)}（${pick(one.organisation)}）`,
          note: words.openOf(f.number(one.open)),
        }))}
        {...(tried && to === undefined ? { error: words.needTo } : {})}
      />
      <TextArea
        label={words.note}
        help={words.noteHelp}
        requirement="required"
        width="full"
        rows={4}
        value={note}
        onChange={setNote}
        {...(tried && note.trim() === '' ? { error: words.needText } : {})}
      />
      <Ends deed={words.handOver} busy={act.isPending} onCancel={onCancel} />
    </form>
  )
}

function DeadlineForm({ one, act, onCancel }: FormProps) {
  const words = useTexts().desk.deeds
  const [on, setOn] = useState<string | undefined>(one.deadline ?? undefined)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (on !== undefined && note.trim() !== '') act.mutate({ what: 'deadline', body: { on, note } })
      }}
    >
      <DateField
        label={words.on}
        requirement="required"
        value={on}
        onChange={(iso) => setOn(iso)}
        {...(tried && on === undefined ? { error: words.needDay } : {})}
      />
      <TextArea
        label={words.because}
        help={words.becauseHelp}
        requirement="required"
        width="full"
        rows={3}
        value={note}
        onChange={setNote}
        {...(tried && note.trim() === '' ? { error: words.needText } : {})}
      />
      <Ends deed={words.deadline} busy={act.isPending} onCancel={onCancel} />
    </form>
  )
}
