import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'

import { type Organisation, organisationKinds } from '#access/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

type Kind = Organisation['kind']
type Done = (name: string) => void

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
  const id = useId()
  const saved = useSaved(onDone)
  const [ja, setJa] = useState(organisation.name.ja)
  const [en, setEn] = useState(organisation.name.en)
  const [tried, setTried] = useState(false)
  const missing = ja.trim() === '' ? t.access.organisations.nameNeeded : undefined
  const change = useMutation({
    mutationFn: () =>
      api.patch(
        `/organisations/${organisation.id}`,
        { name: { ja: ja.trim(), en: en.trim() } },
        { version: organisation.version },
      ),
    onSuccess: () => saved(ja.trim()),
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
      <TextField
        label={t.access.organisations.name}
        requirement="required"
        id={`${id}-ja`}
        width="medium"
        value={ja}
        onChange={setJa}
        error={tried ? missing : undefined}
        maxLength={200}
      />
      <TextField
        label={t.access.organisations.nameEn}
        requirement="optional"
        width="medium"
        lang="en"
        value={en}
        onChange={setEn}
        maxLength={200}
      />
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
  const [ja, setJa] = useState('')
  const [en, setEn] = useState('')
  const [tried, setTried] = useState(false)
  const missing = ja.trim() === '' ? words.nameNeeded : undefined
  const add = useMutation({
    mutationFn: () =>
      api.post('/organisations', {
        ...(parent === undefined ? {} : { parentId: parent.id }),
        kind,
        name: { ja: ja.trim(), en: en.trim() },
      }),
    onSuccess: () => saved(ja.trim()),
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
      <TextField
        label={words.name}
        requirement="required"
        width="medium"
        value={ja}
        onChange={setJa}
        error={tried ? missing : undefined}
        maxLength={200}
      />
      <TextField
        label={words.nameEn}
        requirement="optional"
        width="medium"
        lang="en"
        value={en}
        onChange={setEn}
        maxLength={200}
      />
      <div>
        <Button type="submit" size="medium" busy={add.isPending}>
          {words.saveNew(ja.trim())}
        </Button>
      </div>
    </Form>
  )
}
