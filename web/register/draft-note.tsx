import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'

import type { FormValues } from './form-values.ts'
import type { useDraft } from './use-draft.ts'

type Props = { draft: ReturnType<typeof useDraft>; onResume: (values: FormValues) => void }

/** An earlier draft is offered, never put back unasked; what is kept now says when. */
export function DraftNote({ draft, onResume }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.form
  const [settled, setSettled] = useState(false)
  const { found, keptAt } = draft
  if (found !== undefined && !settled) {
    return (
      <Notice
        kind="information"
        title={words.draftFound(f.dateTime(found.at))}
        action={
          <>
            <Button
              onPress={() => {
                onResume(found.values)
                setSettled(true)
              }}
            >
              {words.draftResume}
            </Button>
            <Button
              look="text"
              onPress={() => {
                draft.forget()
                setSettled(true)
              }}
            >
              {words.draftDiscard}
            </Button>
          </>
        }
      />
    )
  }
  return (
    <p role="status" className="mb-2 min-h-6 text-note text-solid-gray-700">
      {keptAt === undefined ? '' : words.draftKept(f.dateTime(keptAt))}
    </p>
  )
}
