import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Organisation, organisationKinds } from '#access/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

type Kind = Organisation['kind']
type Name = Organisation['name']
type Done = (name: string) => void

const trimmed = ({ ja, en }: Name): Name => ({ ja: ja.trim(), en: en.trim() })

function NameFields({ name, fault, onChange }: { name: Name; fault: string | undefined; onChange: (n: Name) => void }) {
  const words = useTexts().access.organisations
  const common = { width: 'medium', maxLength: 200 } as const
  return (
    <>
      <TextField
        {...common}
        label={words.name}
        requirement="required"
        value={name.ja}
        onChange={(ja) => onChange({ ...name, ja })}
        error={fault}
      />
      <TextField
        {...common}
        label={words.nameEn}
        requirement="optional"
        lang="en"
        value={name.en}
        onChange={(en) => onChange({ ...name, en })}
      />
    </>
  )
}

function useSaved(done: Done) {
  const queryClient = useQueryClient()
  return async (name: string) => {
    done(name)
    await queryClient.invalidateQueries({ queryKey: ['organisations'] })
  }
}

/** A new name for an organisation; what it was called before stays in the log. */
export function RenameForm({ organisation, onDone }: { organisation: Organisation; onDone: Done }) {
  const t = useTexts()
  const saved = useSaved(onDone)
  const [name, setName] = useState(organisation.name)
  const [tried, setTried] = useState(false)
  const missing = name.ja.trim() === '' ? t.access.organisations.nameNeeded : undefined
  const change = useMutation({
    mutationFn: () =>
      api.patch(`/organisations/${organisation.id}`, { name: trimmed(name) }, { version: organisation.version }),
    onSuccess: () => saved(name.ja.trim()),
  })
  return (
    <Form
      title={t.access.organisations.change}
      error={change.error}
      onSubmit={() => {
        setTried(true)
        if (missing === undefined) change.mutate()
      }}
    >
      <NameFields name={name} fault={tried ? missing : undefined} onChange={setName} />
      <div>
        <Button type="submit" size="medium" busy={change.isPending}>
          {t.access.organisations.save}
        </Button>
      </div>
    </Form>
  )
}

const kindBelow: Record<Kind, Kind> = {
  ministry: 'bureau',
  agency: 'bureau',
  municipality: 'bureau',
  bureau: 'division',
  division: 'division',
  body: 'division',
}

/** A new organisation below another, or at the top. */
export function AddForm({ parent, onDone }: { parent?: Organisation; onDone: Done }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.access.organisations
  const saved = useSaved(onDone)
  const [kind, setKind] = useState<Kind>(parent === undefined ? 'ministry' : kindBelow[parent.kind])
  const [name, setName] = useState<Name>({ ja: '', en: '' })
  const [tried, setTried] = useState(false)
  const missing = name.ja.trim() === '' ? words.nameNeeded : undefined
  const add = useMutation({
    mutationFn: () =>
      api.post('/organisations', {
        ...(parent === undefined ? {} : { parentId: parent.id }),
        kind,
        name: trimmed(name),
      }),
    onSuccess: () => saved(name.ja.trim()),
  })
  return (
    <Form
      title={parent === undefined ? words.add : words.addBelow(pick(parent.name))}
      error={add.error}
      onSubmit={() => {
        setTried(true)
        if (missing === undefined) add.mutate()
      }}
    >
      <Select
        label={words.kind}
        value={kind}
        onChange={(id) => setKind(id as Kind)}
        choices={organisationKinds.map((id) => ({ id, name: words.kinds[id] }))}
      />
      <NameFields name={name} fault={tried ? missing : undefined} onChange={setName} />
      <div>
        <Button type="submit" size="medium" busy={add.isPending}>
          {words.saveNew(name.ja.trim())}
        </Button>
      </div>
    </Form>
  )
}
