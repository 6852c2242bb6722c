import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Advice } from '#consultation/advice/api.ts'
import { api, ApiError } from '#web/api.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { LongText } from '#web/ui/long-text.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { adviceChanged } from './calls.ts'

/** What the advice says: as it was adopted, or as it is drafted. */
export function AdviceText({ all }: { all: Advice }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const [writing, setWriting] = useState(false)
  const words = t.advice
  const { advice } = all
  if (writing) return <TextForm all={all} onDone={() => setWriting(false)} />
  const shown = advice === null ? '' : language === 'en' && advice.text.en !== '' ? advice.text.en : advice.text.ja
  return (
    <>
      {shown === '' ? (
        <p>{all.may.draft ? words.noDraft : words.noneForMinistry}</p>
      ) : (
        <div lang={shown === advice?.text.en ? 'en' : 'ja'}>
          <LongText text={shown} />
        </div>
      )}
      {advice !== null && (
        <p className="mt-2 text-note">
          {advice.adopted
            ? words.adoptedAt(f.dateTime(advice.adopted.at), advice.adopted.by ? pick(advice.adopted.by) : '')
            : advice.updatedBy && words.saved(pick(advice.updatedBy), f.dateTime(advice.updatedAt))}
        </p>
      )}
      {advice?.adopted && (
        <p className="mt-1 text-note">
          {words.digest}：<code className="break-all">{advice.adopted.digest}</code>
        </p>
      )}
      {all.may.draft && advice?.state !== 'adopted' && (
        <div className="mt-3">
          <Button size="medium" onPress={() => setWriting(true)}>
            {words.editText}
          </Button>
        </div>
      )}
    </>
  )
}

function TextForm({ all, onDone }: { all: Advice; onDone: () => void }) {
  const t = useTexts()
  const words = t.advice
  const queryClient = useQueryClient()
  const [text, setText] = useState(all.advice?.text ?? { ja: '', en: '' })
  // The version that was seen when writing began; what others save meanwhile must not be overwritten.
  const [version, setVersion] = useState(all.advice?.version ?? 0)
  const save = useMutation({
    mutationFn: () => api.put(`/board/cases/${all.caseId}/advice`, { text }, { version }),
    onSuccess: async () => {
      await adviceChanged(queryClient)
      onDone()
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') await adviceChanged(queryClient)
    },
  })
  const other = save.error instanceof ApiError && save.error.code === 'changed-meanwhile'
  return (
    <div className="flex flex-col gap-6">
      {other && (
        <Notice kind="attention" level={3} title={words.changedByOther} takesFocus>
          <p className="font-700">{words.theirs}</p>
          <p className="whitespace-pre-line">{all.advice?.text.ja}</p>
        </Notice>
      )}
      {save.isError && !other && <Problem error={save.error} takesFocus />}
      <TextArea
        label={words.textJa}
        help={words.textHelp}
        rows={8}
        width="full"
        value={text.ja}
        onChange={(ja) => setText({ ...text, ja })}
      />
      <TextArea
        label={words.textEn}
        requirement="optional"
        rows={4}
        width="full"
        value={text.en}
        onChange={(en) => setText({ ...text, en })}
      />
      <div className="flex flex-wrap gap-3">
        <Button
          size="medium"
          busy={save.isPending}
          onPress={() => {
            if (other) setVersion(all.advice?.version ?? 0)
            save.mutate()
          }}
        >
          {words.saveText}
        </Button>
        <Button look="text" size="medium" onPress={onDone}>
          {words.form.cancel}
        </Button>
      </div>
    </div>
  )
}
