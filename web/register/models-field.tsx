import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Model } from '#register/api-names.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchSelect } from '#web/ui/select.tsx'

import { modelsQuery } from './calls.ts'
import { type FactNames, modelName } from './fact-view.tsx'
import { useSettled } from './use-settled.ts'

type Props = {
  label: string
  hiddenLabel?: boolean
  value: readonly string[]
  names: FactNames
  onChange: (ids: readonly string[]) => void
}

const toAdd = 'add'
const full = ({ name, modelVersion }: Model) => [name, modelVersion].filter((part) => part !== '').join(' ')

/** The models in use, several of them; one that is not there is added in place. */
export function ModelsField({ value, names, onChange, label }: Props) {
  const t = useTexts()
  const words = t.register.form
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const q = useSettled(typed)
  const found = useQuery(modelsQuery(q))
  const take = (model: Model) => {
    setChosen({ ...chosen, [model.id]: full(model) })
    onChange([...value, model.id])
  }
  const add = useMutation({
    mutationFn: (name: string) => api.post<Model>('/models', { name }),
    onSuccess: async (model) => {
      take(model)
      await queryClient.invalidateQueries({ queryKey: ['models'] })
    },
  })
  const rows = (found.data ?? []).filter(({ id }) => !value.includes(id))
  const nameOf = (id: string) => chosen[id] ?? modelName(names, id, words.unknownName)
  const known = rows.some((model) => model.name === typed.trim() || full(model) === typed.trim())
  return (
    <>
      {value.length > 0 && (
        <ul aria-label={label} className="mb-2 flex flex-wrap gap-2">
          {value.map((id) => (
            <li key={id} className="flex items-center gap-1 rounded-8 border border-solid-gray-420 pl-3">
              {nameOf(id)}
              <Button
                look="text"
                size="small"
                icon="cross"
                label={words.removeModel(nameOf(id))}
                onPress={() => onChange(value.filter((one) => one !== id))}
              >
                {''}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {/* A choice made starts the field anew, ready for the next model. */}
      <SearchSelect
        key={value.join()}
        label={words.pickModel}
        width="long"
        choices={[
          ...rows.map((model) => ({ id: model.id, name: full(model), note: model.supplierName ?? undefined })),
          ...(typed.trim() === '' || known ? [] : [{ id: toAdd, name: words.createModel(typed.trim()) }]),
        ]}
        value={undefined}
        onSearch={setTyped}
        onChange={(id) => {
          const model = rows.find((one) => one.id === id)
          if (id === toAdd) add.mutate(typed.trim())
          else if (model) take(model)
        }}
      />
      {add.isError && <Problem error={add.error} />}
    </>
  )
}
