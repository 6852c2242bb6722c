import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Import } from '#register/import/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Problem } from '#web/ui/problem.tsx'

import { importsChanged } from './calls.ts'

type Props = { of: Import; onUndone: (removed: number) => void }

/** Takes an import back, saying how many records leave and how many of them were edited since. */
export function UndoImport({ of, onUndone }: Props) {
  const t = useTexts()
  const f = useFormat()
  const me = useMe()
  const words = t.importing.result
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undo = useMutation({
    mutationFn: () => api.post<{ removed: number; editedSince: number }>(`/imports/${of.id}/undo`),
    onSuccess: async ({ removed }) => {
      setAsking(false)
      onUndone(removed)
      await importsChanged(queryClient)
    },
  })
  const stored = f.number(of.stored)
  return (
    <>
      <Button blockedBecause={me?.may.import ? undefined : t.importing.list.blocked} onPress={() => setAsking(true)}>
        {words.undo}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.undoTitle}
        deed={words.undoButton(stored)}
        cancel={words.keep}
        tone="danger"
        busy={undo.isPending}
        onDeed={() => undo.mutate()}
      >
        <p>{of.editedSince > 0 ? words.undoText(stored, f.number(of.editedSince)) : words.undoTextNone(stored)}</p>
        {undo.isError && <Problem error={undo.error} />}
      </ConfirmDialog>
    </>
  )
}
