import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { ColumnMap } from '#register/spreadsheet/column-map.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { columnMapsQuery } from './calls.ts'

/** Keeps the map under a name, for the next file of the same sender. */
export function SaveMap({ map }: { map: ColumnMap }) {
  const t = useTexts()
  const words = t.importing.columns
  const [saved, setSaved] = useState<string | undefined>()
  return (
    <span>
      <PopoverButton name={words.saveMap} look="text" size="large">
        {(close) => (
          <SaveForm
            map={map}
            onSaved={(name) => {
              setSaved(name)
              close()
            }}
          />
        )}
      </PopoverButton>
      <span role="status" className="block text-note text-green-900">
        {saved !== undefined && words.mapSaved(saved)}
      </span>
    </span>
  )
}

function SaveForm({ map, onSaved }: { map: ColumnMap; onSaved: (name: string) => void }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.importing.columns
  const queryClient = useQueryClient()
  const [name, setName] = useState(pick(map.name))
  const save = useMutation({
    mutationFn: () => api.post('/column-maps', { name: name.trim(), map }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: columnMapsQuery.queryKey })
      onSaved(name.trim())
    },
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        if (name.trim() !== '') save.mutate()
      }}
    >
      <p className="font-700">{words.saveMapTitle}</p>
      <TextField
        label={words.mapName}
        help={words.saveMapHelp}
        width="full"
        maxLength={200}
        value={name}
        onChange={setName}
      />
      {save.isError && <Problem error={save.error} />}
      <Button type="submit" size="medium" busy={save.isPending}>
        {words.saveMap}
      </Button>
    </form>
  )
}
