import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { SavedView } from '#register/api-names.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { savedViewsQuery } from './calls.ts'
import { type RegisterQuery, writeScoped } from './query.ts'

type Props = { ministry: string; query: RegisterQuery; taken: readonly string[] }

/** Keeps what is shown under a name. */
export function SaveView(props: Props) {
  const t = useTexts()
  return (
    <PopoverButton name={t.register.list.views.save} size="small">
      {(close) => <SaveForm {...props} onSaved={close} />}
    </PopoverButton>
  )
}

function SaveForm({ ministry, query, taken, onSaved }: Props & { onSaved: () => void }) {
  const t = useTexts()
  const words = t.register.list.views
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const save = useMutation({
    mutationFn: () => {
      const { cursor: _, from: __, ...kept } = writeScoped(query, ministry)
      return api.post<SavedView>('/saved-views', { name: name.trim(), query: kept })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
      onSaved()
    },
  })
  const exists = taken.includes(name.trim())
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        if (name.trim() !== '' && !exists) save.mutate()
      }}
    >
      <p className="font-700">{words.saveTitle}</p>
      <TextField
        label={words.viewName}
        help={words.saveHelp}
        width="full"
        maxLength={100}
        value={name}
        onChange={setName}
        error={exists ? words.exists : undefined}
      />
      {save.isError && <Problem error={save.error} />}
      <Button type="submit" size="medium" busy={save.isPending}>
        {words.save}
      </Button>
    </form>
  )
}
