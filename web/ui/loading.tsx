import { type ReactNode, useEffect, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'

import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { formatNumber } from './format.ts'
import { Problem } from './problem.tsx'

/** Nothing for 0.3 s, then words in place. */
export function Loading({ children }: { children?: ReactNode }) {
  const t = useTexts()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return <output className="block py-4 text-solid-gray-700">{shown && (children ?? t.ui.loading)}</output>
}

type LoadedProps<T> = {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
  loading?: ReactNode
}

/** Content of one query: words while loading, the failure with 「もう一度試す」, old data until the new are there. */
export function Loaded<T>({ query, children, loading }: LoadedProps<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Problem error={query.error} onAgain={() => void query.refetch()} />}
        {children(query.data)}
      </>
    )
  }
  if (query.isError) return <Problem error={query.error} onAgain={() => void query.refetch()} />
  return <Loading>{loading}</Loading>
}

type ProgressProps = {
  done: number
  all: number
  /** What is happening now, one sentence. */
  doing: string
  onStop?: () => void
  /** 「中止する（何も登録しません）」: the word of the deed and what stopping leaves. */
  stop?: string
}

/** For what takes over 3 s: a bar with done / all, what is happening, and how to stop it. */
export function Progress({ done, all, doing, onStop, stop }: ProgressProps) {
  const t = useTexts()
  const words = t.ui.progress(formatNumber(done), formatNumber(all))
  return (
    <div className="max-w-2xl">
      <output className="mb-2 block">
        {doing} <span className="tabular-nums">{words}</span>
      </output>
      <progress value={done} max={all === 0 ? 1 : all} aria-label={doing} className="tb-progress" />
      {onStop && (
        <div className="mt-3">
          <Button onPress={onStop}>{stop ?? t.ui.stop}</Button>
        </div>
      )}
    </div>
  )
}
