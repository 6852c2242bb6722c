import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import {
  mostQuestions,
  type Question,
  questionSchema,
  type WrittenQuestions,
} from '#user-rules/acknowledgements/api.ts'
import { ApiError, api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { FieldGroup } from '#web/ui/field.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextField } from '#web/ui/text-field.tsx'

type Draft = Question & { readonly key: string }
const noWords = { ja: '', en: '' }
const emptyQuestion = (key: string): Draft => ({
  key,
  question: noWords,
  choices: [noWords, noWords, noWords],
  answer: 0,
  explanation: noWords,
  clause: null,
})

/** Up to five questions, all saved at once. */
export function QuestionsForm({ versionId, written }: { versionId: string; written: WrittenQuestions }) {
  const t = useTexts()
  const words = t.staffRules.writing
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    written.questions.map(({ id, question, choices, answer, explanation, clause }) => {
      return { key: id, question, choices, answer, explanation, clause }
    }),
  )
  const { busy, failure, saved, save } = useSave(versionId, written.version)
  const faulty = drafts.some((draft) => !questionSchema.safeParse(plain(draft)).success)
  const change = (key: string, next: Draft) => setDrafts(drafts.map((one) => (one.key === key ? next : one)))
  return (
    <div className="flex max-w-[46rem] flex-col gap-6">
      {saved && <Notice kind="success" title={words.saved} />}
      {drafts.length === 0 && <p>{words.none}</p>}
      {drafts.map((draft, at) => (
        <QuestionFields
          key={draft.key}
          number={at + 1}
          draft={draft}
          onChange={(next) => change(draft.key, next)}
          onRemove={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}
        />
      ))}
      {failure !== undefined &&
        (failure instanceof ApiError && failure.code === 'changed-meanwhile' ? (
          <Notice kind="attention" title={words.changed} takesFocus />
        ) : (
          <Problem error={failure} takesFocus />
        ))}
      <div className="flex flex-wrap items-start gap-3">
        <Button
          look="outline"
          icon="plus"
          blockedBecause={drafts.length >= mostQuestions ? words.full : undefined}
          onPress={() => setDrafts([...drafts, emptyQuestion(crypto.randomUUID())])}
        >
          {words.add}
        </Button>
        <Button
          look="filled"
          busy={busy}
          blockedBecause={faulty ? words.faults : undefined}
          onPress={() => save(drafts.map(plain))}
        >
          {words.save(drafts.length)}
        </Button>
      </div>
    </div>
  )
}

const plain = ({ key: _key, ...question }: Draft): Question => question

function useSave(versionId: string, version: number) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [saved, setSaved] = useState(false)
  const send = async (questions: readonly Question[]) => {
    setBusy(true)
    setFailure(undefined)
    setSaved(false)
    try {
      await api.put(`/rule-versions/${versionId}/check-questions`, { questions }, { version })
      setSaved(true)
      await client.invalidateQueries({ queryKey: ['check-questions', versionId] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, failure, saved, save: (questions: readonly Question[]) => void send(questions) }
}

type FieldsProps = { number: number; draft: Draft; onChange: (next: Draft) => void; onRemove: () => void }
function QuestionFields({ number, draft, onChange, onRemove }: FieldsProps) {
  const t = useTexts()
  const words = t.staffRules.writing
  const { question, choices, answer, explanation, clause } = draft
  return (
    <Panel
      title={words.number(number)}
      aside={
        <Button look="text" size="small" onPress={onRemove}>
          {words.remove(number)}
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        <InBoth label={words.question} value={question} onChange={(next) => onChange({ ...draft, question: next })} />
        {choices.map((choice, at) => (
          <InBoth
            // Choices have no name but their place.
            key={at}
            label={words.choice(at + 1)}
            value={choice}
            onChange={(next) => onChange({ ...draft, choices: choices.with(at, next) })}
          />
        ))}
        <div className="flex flex-wrap gap-3">
          <Button
            look="outline"
            size="small"
            blockedBecause={choices.length >= 5 ? words.choice(5) : undefined}
            onPress={() => onChange({ ...draft, choices: [...choices, noWords] })}
          >
            {words.addChoice}
          </Button>
          {choices.length > 2 && (
            <Button
              look="text"
              size="small"
              onPress={() =>
                onChange({ ...draft, choices: choices.slice(0, -1), answer: Math.min(answer, choices.length - 2) })
              }
            >
              {words.removeChoice(choices.length)}
            </Button>
          )}
        </div>
        <RadioCards
          label={words.right}
          offerNotYet={false}
          columns={2}
          value={String(answer)}
          onChange={(id) => onChange({ ...draft, answer: Number(id) })}
          choices={choices.map((choice, at) => ({ id: String(at), name: choice.ja || words.choice(at + 1) }))}
        />
        <InBoth
          label={words.explanation}
          value={explanation}
          onChange={(next) => onChange({ ...draft, explanation: next })}
        />
        <TextField
          label={words.clause}
          requirement="optional"
          width="short"
          value={clause ?? ''}
          onChange={(next) => onChange({ ...draft, clause: next.trim() === '' ? null : next.trim() })}
        />
      </div>
    </Panel>
  )
}

type Both = { readonly ja: string; readonly en: string }
function InBoth({ label, value, onChange }: { label: string; value: Both; onChange: (next: Both) => void }) {
  const t = useTexts()
  const words = t.staffRules.writing
  return (
    <FieldGroup label={label}>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={words.inJapanese}
          maxLength={500}
          value={value.ja}
          onChange={(ja) => onChange({ ...value, ja })}
        />
        <TextField
          label={words.inEnglish}
          maxLength={500}
          value={value.en}
          onChange={(en) => onChange({ ...value, en })}
        />
      </div>
    </FieldGroup>
  )
}
