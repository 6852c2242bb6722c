import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { Import } from '#register/import/api.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Progress } from '#web/ui/loading.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { progressQuery } from './calls.ts'

type Props = { id: string; progress: NonNullable<Import['progress']> }

/** How many rows are done, what is happening now, and how to stop it leaving nothing behind. */
export function ImportRunning({ id, progress: { done, all, step } }: Props) {
  const t = useTexts()
  const words = t.importing.running
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.post(`/imports/${id}/cancel`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: progressQuery(id).queryKey }),
  })
  return (
    <>
      <Progress
        done={done}
        all={all}
        doing={words.steps[step] ?? words.doing}
        stop={words.cancel}
        onStop={() => cancel.mutate()}
      />
      <p className="mt-4 text-note text-solid-gray-700">{words.leave}</p>
      {cancel.isError && <Problem error={cancel.error} takesFocus />}
    </>
  )
}
