import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { registerChanged } from './calls.ts'

type Props = {
  address: string
  version: number
  name: string
  body: Readonly<Record<string, unknown>>
  blockedBecause?: string | undefined
  onClose: () => void
  children: ReactNode
}

/** Changes a model or a supplier in place, in the row that was opened. */
export function RecordForm({ address, version, name, body, blockedBecause, onClose, children }: Props) {
  const t = useTexts()
  const me = useMe()
  const words = t.register.models
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () => api.patch(address, body, { version }),
    onSuccess: async () => {
      onClose()
      await registerChanged(queryClient)
    },
  })
  const why = me?.may['change-system'] ? (name.trim() === '' ? words.nameRequired : blockedBecause) : words.blocked
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(e) => {
        e.preventDefault()
        if (why === undefined) save.mutate()
      }}
    >
      {children}
      {save.isError && <Problem error={save.error} takesFocus />}
      <div className="flex flex-wrap items-start gap-3">
        <Button size="medium" onPress={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" size="medium" look="filled" busy={save.isPending} blockedBecause={why}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}
