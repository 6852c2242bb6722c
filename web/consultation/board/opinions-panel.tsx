import { useState } from 'react'

import type { CaseDetail, Opinion } from '#consultation/board/api.ts'
import { api, ApiError } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { LongText } from '#web/ui/long-text.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './use-deed.ts'

type Inside = NonNullable<CaseDetail['inside']>
type Draft = NonNullable<Inside['opinionDraft']>

/** Opinions of members; one's own draft stands below them, seen by nobody else. */
export function OpinionsPanel({ detail, inside }: { detail: CaseDetail; inside: Inside }) {
  const t = useTexts()
  const words = t.docket.opinions
  const me = useMe()?.person.id
  const [writing, setWriting] = useState(false)
  const given = inside.opinions.find(({ personId }) => personId === me)
  const deed = given === undefined ? words.write : words.amend
  return (
    <Panel
      title={words.title}
      className="mt-6"
      aside={
        detail.may.opine && !writing ? (
          <Button look="outline" size="medium" onPress={() => setWriting(true)}>
            {inside.opinionDraft === null ? deed : words.continue}
          </Button>
        ) : undefined
      }
    >
      {inside.opinions.length === 0 && <p>{words.none}</p>}
      <ul>
        {inside.opinions.map((one) => (
          <One key={one.personId} one={one} own={one.personId === me} />
        ))}
      </ul>
      {!writing && inside.opinionDraft && (
        <div className="border-t border-solid-gray-200 pt-3">
          <p className="text-note text-solid-gray-700">{words.draft}</p>
          <LongText text={inside.opinionDraft.text} />
        </div>
      )}
      {writing && (
        <WriteOpinion
          detail={detail}
          draft={inside.opinionDraft}
          first={inside.opinionDraft?.text ?? given?.text ?? ''}
          onDone={() => setWriting(false)}
        />
      )}
    </Panel>
  )
}

function One({ one, own }: { one: Opinion; own: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.opinions
  return (
    <li className="border-b border-solid-gray-200 py-3">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          <span className="font-700">
            {pick(one.name)}
            {own && words.you}
          </span>{' '}
          <span className="text-note text-solid-gray-700">{pick(one.expertise)}</span>
        </span>
        <span className="text-note">
          {one.number > 1 && `${words.version(String(one.number))} `}
          {f.date(one.at)}
        </span>
      </div>
      <LongText text={one.text} />
      {one.earlier.length > 0 && (
        <details className="mt-1 text-note">
          <summary className="cursor-pointer">{words.earlier(String(one.earlier.length))}</summary>
          {one.earlier.map((was) => (
            <div key={was.number} className="mt-2 border-l-4 border-solid-gray-200 pl-3">
              <span className="text-solid-gray-700">
                {words.version(String(was.number))} {f.date(was.at)}
              </span>
              <LongText text={was.text} />
            </div>
          ))}
        </details>
      )}
    </li>
  )
}

type Writing = { detail: CaseDetail; draft: Draft | null; first: string; onDone: () => void }

function WriteOpinion({ detail, draft, first, onDone }: Writing) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.opinions
  const [text, setText] = useState(first)
  const [kept, setKept] = useState<Draft | null>(draft)
  const [tried, setTried] = useState(false)
  const save = useDeed(
    () => api.put<Draft>(`/board/cases/${detail.id}/opinion-draft`, { text }, { version: kept?.version ?? 0 }),
    setKept,
  )
  const send = useDeed(() => api.post(`/board/cases/${detail.id}/opinions`, { text }), onDone)
  const filled = (run: () => void) => () => {
    setTried(true)
    if (text.trim() !== '') run()
  }
  const other = conflictOf(save.error)
  return (
    <div className="mt-4 grid gap-4">
      <TextArea
        label={words.text}
        help={words.help}
        value={text}
        onChange={setText}
        rows={8}
        maxLength={20_000}
        error={tried && text.trim() === '' ? words.needed : undefined}
      />
      {other && (
        <Notice kind="attention" title={words.conflict}>
          <LongText text={other.text} />
          <div className="mt-3 flex flex-wrap gap-3">
            <Button size="small" onPress={() => (setText(other.text), setKept(other), save.reset())}>
              {words.theirs}
            </Button>
            <Button size="small" onPress={() => (setKept(other), save.reset())}>
              {words.mine}
            </Button>
          </div>
        </Notice>
      )}
      {save.isError && !other && <Problem error={save.error} />}
      {send.isError && <Problem error={send.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="filled" busy={send.isPending} onPress={filled(() => send.mutate(undefined))}>
          {words.send}
        </Button>
        <Button look="outline" busy={save.isPending} onPress={filled(() => save.mutate(undefined))}>
          {words.save}
        </Button>
        <Button look="text" onPress={onDone}>
          {t.ui.close}
        </Button>
        <span aria-live="polite" className="text-note">
          {save.isSuccess && kept && words.saved(f.dateTime(kept.updatedAt))}
        </span>
      </div>
    </div>
  )
}

/** The draft that was saved elsewhere meanwhile. */
function conflictOf(error: unknown): Draft | undefined {
  if (!(error instanceof ApiError) || error.code !== 'changed-meanwhile') return undefined
  return (error.params['now'] as Draft | null) ?? undefined
}
