import { useState } from 'react'

import type { CaseDetail, Question } from '#consultation/board/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { LongText } from '#web/ui/long-text.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './use-deed.ts'

type Props = { detail: CaseDetail; questions: readonly Question[]; asking: boolean; onAsked: () => void }

/** What the Board asked the ministry, and what it answered. */
export function QuestionsPanel({ detail, questions, asking, onAsked }: Props) {
  const t = useTexts()
  const words = t.docket.questions
  return (
    <div id="questions">
      <Panel title={words.title} className="mt-6">
        {questions.length === 0 && !asking && <p>{words.none}</p>}
        <ul>
          {questions.map((one) => (
            <Asked key={one.id} detail={detail} one={one} />
          ))}
        </ul>
        {asking && (
          <Write label={words.text} deed={words.send} path={`/board/cases/${detail.id}/questions`} onDone={onAsked} />
        )}
      </Panel>
    </div>
  )
}

function Asked({ detail, one }: { detail: CaseDetail; one: Question }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.questions
  const [answering, setAnswering] = useState(false)
  return (
    <li className="border-b border-solid-gray-200 py-3">
      <Said one={one} />
      <ul className="mt-2 border-l-4 border-solid-gray-200 pl-4">
        {one.answers.map((answer) => (
          <li key={answer.id} className="py-1">
            <Said one={answer} />
          </li>
        ))}
      </ul>
      {one.answers.length === 0 && <p className="mt-1 text-note">{words.waiting(f.waiting(one.at))}</p>}
      {detail.may.answer && !answering && (
        <Button look="text" size="small" onPress={() => setAnswering(true)}>
          {words.answer}
        </Button>
      )}
      {answering && (
        <Write
          label={words.answerText}
          deed={words.sendAnswer}
          path={`/board/cases/${detail.id}/questions/${one.id}/answers`}
          onDone={() => setAnswering(false)}
        />
      )}
    </li>
  )
}

function Said({ one }: { one: Question['answers'][number] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const role = t.words.roles[one.role as keyof typeof t.words.roles] ?? one.role
  const who = one.by === null ? role : one.role === 'board' ? pick(one.by.name) : pick(one.by.post)
  return (
    <>
      <span className="text-note text-solid-gray-700">
        <span className="font-700">{who}</span> {f.dateTime(one.at)}
      </span>
      <LongText text={one.text} />
    </>
  )
}

function Write({ label, deed, path, onDone }: { label: string; deed: string; path: string; onDone: () => void }) {
  const t = useTexts()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const send = useDeed(() => api.post(path, { text }), onDone)
  return (
    <div className="mt-3 grid gap-3">
      <TextArea
        label={label}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={20_000}
        error={tried && text.trim() === '' ? t.docket.questions.needed : undefined}
      />
      {send.isError && <Problem error={send.error} />}
      <div className="flex gap-3">
        <Button
          look="outline"
          busy={send.isPending}
          onPress={() => {
            setTried(true)
            if (text.trim() !== '') send.mutate(undefined)
          }}
        >
          {deed}
        </Button>
        <Button look="text" onPress={onDone}>
          {t.ui.cancel}
        </Button>
      </div>
    </div>
  )
}
