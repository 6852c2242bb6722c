import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { heldRoleSchema, type HeldRole, type PersonDetail } from '#access/people/api.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select.tsx'

import { useOwnOrganisations } from './person-form.tsx'

/** A role for an organisation and what lies below it, from one day to another. */
export function GiveRole({ person, onDone }: { person: PersonDetail; onDone: (said: string) => void }) {
  const t = useTexts()
  const words = t.people
  const queryClient = useQueryClient()
  const places = useOwnOrganisations()
  const [role, setRole] = useState<HeldRole>('user')
  const [place, setPlace] = useState(person.organisation.id)
  const [from, setFrom] = useState<string | undefined>(person.today)
  const [to, setTo] = useState<string>()
  const [supplier, setSupplier] = useState<string>()
  const give = useMutation({
    mutationFn: () =>
      api.post(`/persons/${person.id}/roles`, {
        role,
        organisationId: place,
        from,
        to: to ?? null,
        ...(role === 'supplier' ? { supplierId: supplier } : {}),
      }),
    onSuccess: async () => {
      onDone(words.given(t.words.roles[role]))
      await queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  return (
    <Form title={words.give} error={give.error} onSubmit={() => give.mutate()}>
      <Select
        label={words.role}
        requirement="required"
        value={role}
        onChange={(id) => setRole(id as HeldRole)}
        choices={heldRoleSchema.options.map((id) => ({ id, name: t.words.roles[id] }))}
      />
      <Select
        label={words.forOrganisation}
        requirement="required"
        width="long"
        value={place}
        onChange={setPlace}
        choices={places}
      />
      {role === 'supplier' && <SupplierChoice value={supplier} onChange={setSupplier} />}
      <div className="flex flex-wrap gap-6">
        <DateField label={words.from} requirement="required" value={from} onChange={(iso) => setFrom(iso)} />
        <DateField
          label={words.to}
          requirement="optional"
          help={words.toHelp}
          value={to}
          onChange={(iso) => setTo(iso)}
        />
      </div>
      <div>
        <Button type="submit" size="medium" busy={give.isPending}>
          {words.giveDeed(t.words.roles[role])}
        </Button>
      </div>
    </Form>
  )
}

type SuppliersPage = { readonly items: readonly { readonly id: string; readonly name: string }[] }

function SupplierChoice({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const t = useTexts()
  const { data } = useQuery({
    queryKey: ['suppliers', 'choice'],
    queryFn: ({ signal }) => api.get<SuppliersPage>('/suppliers', { signal, query: { limit: 100 } }),
  })
  return (
    <Select
      label={t.people.supplier}
      requirement="required"
      value={value}
      onChange={onChange}
      choices={(data?.items ?? []).map(({ id, name }) => ({ id, name }))}
    />
  )
}
