import { useEffect, useRef, useState } from 'react'

import type { Answers } from '#catalog/model-result.ts'
import { api } from '#web/api.ts'

export type DraftState =
  | { readonly kind: 'none' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed' }

/** Milliseconds of quiet before a draft is sent. */
const quiet = 800

type Options = { readonly useId: string; readonly answers: Answers; readonly changed: boolean; readonly open: boolean }

/** Keeps a draft by itself: a moment after the last answer, and when the page is left. Says when it was kept. */
export function useDraft({ useId, answers, changed, open }: Options): DraftState {
  const [state, setState] = useState<DraftState>({ kind: 'none' })
  const waiting = useRef<Answers | undefined>(undefined)
  useEffect(() => {
    waiting.current = changed && open ? answers : undefined
    if (waiting.current === undefined) return undefined
    const timer = setTimeout(() => {
      waiting.current = undefined
      setState({ kind: 'saving' })
      api.put<{ at: string }>(`/uses/${useId}/finder/draft`, { answers }).then(
        ({ at }) => setState({ kind: 'saved', at }),
        () => setState({ kind: 'failed' }),
      )
    }, quiet)
    return () => clearTimeout(timer)
  }, [useId, answers, changed, open])
  useEffect(
    () => () => {
      if (waiting.current === undefined) return
      // The page is left: nobody is there to be told, and the answers are kept on the next change too.
      api.put(`/uses/${useId}/finder/draft`, { answers: waiting.current }).catch(() => undefined)
    },
    [useId],
  )
  return state
}
