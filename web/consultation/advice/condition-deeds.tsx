import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { ConditionDetail } from '#consultation/advice/api.ts'
import type { ConditionDeed, ConditionInput } from '#consultation/advice/model.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { adviceChanged } from './calls.ts'
import { ConditionForm } from './condition-form.tsx'

const requests = {
  report: { path: 'report' },
  'ask-change': { path: 'change-request' },
  settle: { path: 'settlement', result: 'met' },
  'send-back': { path: 'settlement', result: 'sent-back' },
  'refuse-change': { path: 'refusal' },
  withdraw: { path: 'withdrawal' },
} as const satisfies Record<Exclude<ConditionDeed, 'change'>, { path: string; result?: string }>

type Props = { condition: ConditionDetail; onDone: (deed: ConditionDeed) => void }

/** What is open to the person, each with its words. The Board words a condition anew in the form of the draft. */
export function ConditionDeeds({ condition: c, onDone }: Props) {
  const t = useTexts()
  const words = t.advice
  const queryClient = useQueryClient()
  const [deed, setDeed] = useState<ConditionDeed>()
  const [text, setText] = useState('')
  const post = useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) =>
      api.post(`/board/conditions/${c.id}/${path}`, body, { version: c.version }),
    onSuccess: () => {
      if (deed !== undefined) onDone(deed)
      return adviceChanged(queryClient)
    },
  })
  if (c.may.length === 0) return null
  if (deed === undefined)
    return (
      <div className="flex flex-wrap gap-3">
        {c.may.map((one) => (
          <Button key={one} size="medium" look={one === 'withdraw' ? 'text' : 'outline'} onPress={() => setDeed(one)}>
            {words.deeds[one]}
          </Button>
        ))}
      </div>
    )
  const cancel = () => {
    post.reset()
    setDeed(undefined)
  }
  if (deed === 'change')
    return (
      <ConditionForm
        title={words.form.titleEdit(formatNumber(c.position))}
        organisation={c.organisation}
        before={c}
        withReason
        busy={post.isPending}
        failure={post.error}
        onSave={(condition: ConditionInput, reason) =>
          post.mutate({ path: 'revision', body: { condition, words: reason } })
        }
        onCancel={cancel}
      />
    )
  const request = requests[deed]
  const optional = deed === 'settle'
  return (
    <div className="flex flex-col gap-4">
      <TextArea
        label={words.words[deed]}
        {...(deed === 'report' ? { help: words.reportHelp } : {})}
        requirement={optional ? 'optional' : 'required'}
        rows={3}
        width="full"
        value={text}
        onChange={setText}
      />
      {post.isError && <Problem error={post.error} onAgain={() => void adviceChanged(queryClient)} takesFocus />}
      <div className="flex flex-wrap gap-3">
        <Button
          look="filled"
          size="medium"
          busy={post.isPending}
          blockedBecause={!optional && text.trim() === '' ? words.wordsMissing : undefined}
          onPress={() =>
            post.mutate({
              path: request.path,
              body: 'result' in request ? { result: request.result, words: text } : { words: text },
            })
          }
        >
          {words.deeds[deed]}
        </Button>
        <Button look="text" size="medium" onPress={cancel}>
          {words.form.cancel}
        </Button>
      </div>
    </div>
  )
}
