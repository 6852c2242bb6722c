import { type UseMutationResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Consultation } from '#consultation/desk/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Select } from '#web/ui/select.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { deskPeopleQuery } from './calls.ts'
import { SimilarAnswers } from './similar-answers.tsx'

/** What is asked of the server: the last part of the address, and what is told with it. */
export type Act = { readonly what: string; readonly body?: unknown }

type FormProps = { one: Consultation; act: UseMutationResult<Consultation, Error, Act>; onCancel: () => void }

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

export function TextForm({ act, onCancel, what, label, deed, field }: TextFormProps) {
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
export function AnswerForm({ one, act, onCancel }: FormProps) {
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

export function HandOverForm({ act, onCancel }: FormProps) {
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

export function DeadlineForm({ one, act, onCancel }: FormProps) {
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
