import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Assessment } from '#finder/api.ts'
import { api } from '#web/api.ts'

import type { Weighing } from './weighing.ts'

export type Save = {
  readonly send: () => void
  readonly busy: boolean
  readonly error: Error | null
  /** The register is corrected too where the answers differ from it. */
  readonly updateRegister: boolean
  readonly setUpdateRegister: (update: boolean) => void
}

/** Makes an assessment of the answers. Everything that shows verdicts is read again. */
export function useSave({ finder, catalog, answers, result }: Weighing, onSaved: (made: Assessment) => void): Save {
  const queryClient = useQueryClient()
  const [updateRegister, setUpdateRegister] = useState(false)
  const visible = new Set([...result.visible, ...result.maybeVisible])
  const save = useMutation({
    mutationFn: () =>
      api.post<Assessment>(`/uses/${finder.use.useId}/assessments`, {
        answers: Object.fromEntries(Object.entries(answers).filter(([question]) => visible.has(question))),
        catalog: catalog.id,
        edition: catalog.edition,
        updateRegister: updateRegister && finder.may['change-system'].open,
      }),
    onSuccess: async (made) => {
      onSaved(made)
      await Promise.all(
        [['finder'], ['systems'], ['uses'], ['overview'], ['navigation-counts']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      )
    },
  })
  return {
    send: () => {
      if (finder.may.assess.open && !save.isPending) save.mutate()
    },
    busy: save.isPending,
    error: save.error,
    updateRegister,
    setUpdateRegister,
  }
}
