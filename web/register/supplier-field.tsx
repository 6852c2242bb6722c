import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Supplier } from '#register/api-names.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchSelect } from '#web/ui/select.tsx'

import { suppliersQuery } from './calls.ts'
import type { FactNames } from './fact-view.tsx'
import { useSettled } from './use-settled.ts'

type Props = {
  label: string
  hiddenLabel?: boolean
  value: string | undefined
  names: FactNames
  onChange: (id: string) => void
}

const toAdd = 'add'

/** Finds a supplier by name; one that is not there is added in place. */
export function SupplierField({ value, names, onChange, ...props }: Props) {
  const t = useTexts()
  const words = t.register.form
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const [added, setAdded] = useState<Supplier | undefined>()
  const q = useSettled(typed)
  const found = useQuery(suppliersQuery(q))
  const add = useMutation({
    mutationFn: (name: string) => api.post<Supplier>('/suppliers', { name }),
    onSuccess: async (supplier) => {
      setAdded(supplier)
      onChange(supplier.id)
      await queryClient.invalidateQueries({ queryKey: ['suppliers'] })
    },
  })
  const own = value === undefined ? undefined : added?.id === value ? added.name : names.suppliers?.[value]
  const rows = found.data ?? []
  const known = rows.some(({ name }) => name === typed.trim()) || own === typed.trim()
  const choices = [
    ...(value !== undefined && rows.every(({ id }) => id !== value)
      ? [{ id: value, name: own ?? words.unknownName }]
      : []),
    ...rows.map(({ id, name, nameEn, country }) => ({
      id,
      name,
      note: [nameEn, country ?? ''].filter((part) => part !== '').join(' ') || undefined,
    })),
    ...(typed.trim() === '' || known ? [] : [{ id: toAdd, name: words.createSupplier(typed.trim()) }]),
  ]
  return (
    <>
      {/* One that was just added starts the field anew, so that its name stands in it. */}
      <SearchSelect
        key={added?.id ?? ''}
        {...props}
        width="long"
        choices={choices}
        value={value}
        onSearch={setTyped}
        onChange={(id) => (id === toAdd ? add.mutate(typed.trim()) : onChange(id))}
      />
      {added !== undefined && added.id === value && <p role="status">{words.createdSupplier(added.name)}</p>}
      {add.isError && <Problem error={add.error} />}
    </>
  )
}
