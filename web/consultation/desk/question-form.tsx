import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { UsesPage } from '#register/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useSettled } from '#web/register/use-settled.ts'
import { Checkbox } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { SearchSelect } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

export type Draft = {
  readonly subject: string
  readonly question: string
  readonly systemId: string | null
  readonly wishedOn: string | null
}
export const emptyDraft: Draft = { subject: '', question: '', systemId: null, wishedOn: null }
export const isComplete = (draft: Draft) => draft.subject.trim() !== '' && draft.question.trim() !== ''

type Props = {
  draft: Draft
  onChange: (draft: Draft) => void
  /** Sending was tried: what is missing is said. */
  tried: boolean
  /** The system that is chosen already, by name. */
  known?: { readonly id: string; readonly name: string } | null
}

/** The fields of a question to the desk. */
export function QuestionForm({ draft, onChange, tried, known = null }: Props) {
  const words = useTexts().desk.form
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const missing = (text: string, words: string) => (tried && text.trim() === '' ? { error: words } : {})
  return (
    <div className="flex flex-col gap-6">
      <TextField
        id="subject"
        label={words.subject}
        help={words.subjectHelp}
        requirement="required"
        width="full"
        maxLength={200}
        value={draft.subject}
        onChange={(subject) => set({ subject })}
        {...missing(draft.subject, words.needSubject)}
      />
      <TextArea
        id="question"
        label={words.question}
        help={words.questionHelp}
        requirement="required"
        width="full"
        rows={8}
        value={draft.question}
        onChange={(question) => set({ question })}
        {...missing(draft.question, words.needQuestion)}
      />
      <SystemField value={draft.systemId} known={known} onChange={(systemId) => set({ systemId })} />
      <DateField
        label={words.wishedOn}
        help={words.wishedHelp}
        requirement="optional"
        value={draft.wishedOn ?? undefined}
        onChange={(iso) => set({ wishedOn: iso ?? null })}
      />
    </div>
  )
}

type SystemProps = { value: string | null; known: Props['known']; onChange: (id: string | null) => void }

/** One of the systems for which one may ask: those of the role's organisation and below. */
function SystemField({ value, known, onChange }: SystemProps) {
  const words = useTexts().desk.form
  const me = useMe()
  const [none, setNone] = useState(value === null)
  const [text, setText] = useState('')
  const q = useSettled(text)
  const found = useQuery({
    queryKey: ['uses', 'to-ask-about', q, me?.heldFor],
    queryFn: ({ signal }) =>
      api.get<UsesPage>('/uses', {
        signal,
        query: { q, organisation: me?.heldFor, limit: 20, sort: 'name', order: 'asc' },
      }),
    enabled: !none && me !== undefined,
  })
  const choices = new Map(
    (known ? [known] : []).map((one) => [one.id, { ...one, note: undefined as string | undefined }]),
  )
  for (const { systemId, name, number } of found.data?.items ?? [])
    choices.set(systemId, { id: systemId, name, note: number })
  return (
    <div className="flex flex-col gap-2">
      {!none && (
        <SearchSelect
          label={words.system}
          help={words.systemHelp}
          requirement="optional"
          width="long"
          choices={[...choices.values()]}
          value={value ?? undefined}
          onChange={onChange}
          onSearch={setText}
        />
      )}
      {none && <p className="font-700">{words.system}</p>}
      <Checkbox
        chosen={none}
        onChange={(chosen) => {
          setNone(chosen)
          if (chosen) onChange(null)
        }}
      >
        {words.noSystem}
      </Checkbox>
    </div>
  )
}
