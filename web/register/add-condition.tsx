import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { facetFieldIds, facetValues } from '#register/api-filter.ts'
import { type FieldId, isFieldId } from '#register/fields.ts'
import { type Verdict, verdicts } from '#register/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { type Choice, SearchSelect, Select } from '#web/ui/select.tsx'

import { modelsQuery, organisationsQuery, suppliersQuery } from './calls.ts'
import { facetWord } from './conditions.tsx'
import type { RegisterQuery } from './query.ts'

type Props = { query: RegisterQuery; onChange: (what: Partial<RegisterQuery>) => void }

/** What can be filtered by: organisation, verdict, every coded field with its absences, supplier and model by name. */
export function AddCondition({ query, onChange }: Props) {
  const t = useTexts()
  return (
    <PopoverButton name={t.ui.addFilter} look="chip" icon="plus">
      {(close) => (
        <ConditionForm
          query={query}
          onChange={(what) => {
            close()
            onChange(what)
          }}
        />
      )}
    </PopoverButton>
  )
}

type Kind = 'organisation' | 'verdict' | 'stale' | 'of-supplier' | 'of-model' | FieldId

function ConditionForm({ query, onChange }: Props) {
  const t = useTexts()
  const words = t.register.list.add
  const [kind, setKind] = useState<Kind | undefined>()
  const kinds: readonly (readonly [Kind, string])[] = [
    ['organisation', words.organisation],
    ['verdict', words.verdict],
    ['stale', words.stale],
    ['of-supplier', words.ofSupplier],
    ['of-model', words.ofModel],
    ...facetFieldIds.map((id) => [id, t.fields.labels[id]] as const),
  ]
  return (
    <div className="flex flex-col gap-4">
      <Select
        label={words.which}
        width="full"
        choices={kinds.map(([id, name]) => ({ id, name }))}
        value={kind}
        onChange={(id) => setKind(kinds.find(([one]) => one === id)?.[0])}
      />
      {kind === 'stale' && <Button onPress={() => onChange({ stale: true })}>{words.apply}</Button>}
      {kind === 'verdict' && (
        <ValuesForm
          label={words.verdict}
          choices={verdicts.map((id) => ({ id, name: t.words.verdicts[id] }))}
          first={query.verdict}
          onApply={(values) => onChange({ verdict: values as readonly Verdict[] })}
        />
      )}
      {(kind === 'organisation' || kind === 'of-supplier' || kind === 'of-model') && (
        <OneOfMany key={kind} kind={kind} onChange={onChange} />
      )}
      {kind !== undefined && isFieldId(kind) && (
        <ValuesForm
          key={kind}
          label={t.fields.labels[kind]}
          choices={facetValues(kind).map((id) => ({ id, name: facetWord(t, kind, id) }))}
          first={query.facets[kind] ?? []}
          onApply={(values) => onChange({ facets: { ...query.facets, [kind]: values } })}
        />
      )}
    </div>
  )
}

type ValuesProps = {
  label: string
  choices: readonly Choice[]
  first: readonly string[]
  onApply: (values: readonly string[]) => void
}

function ValuesForm({ label, choices, first, onApply }: ValuesProps) {
  const t = useTexts()
  const [values, setValues] = useState(first)
  return (
    <>
      <CheckboxGroup
        label={label}
        help={t.register.list.add.values}
        choices={choices}
        value={values}
        onChange={setValues}
      />
      <Button onPress={() => onApply(values)}>{t.register.list.add.apply}</Button>
    </>
  )
}

type OneProps = { kind: 'organisation' | 'of-supplier' | 'of-model'; onChange: Props['onChange'] }

/** Lists that may be long are search fields. */
function OneOfMany({ kind, onChange }: OneProps) {
  const t = useTexts()
  const pick = usePick()
  const words = t.register.list.add
  const organisations = useQuery({ ...organisationsQuery, enabled: kind === 'organisation' })
  const suppliers = useQuery({ ...suppliersQuery(''), enabled: kind === 'of-supplier' })
  const models = useQuery({ ...modelsQuery(''), enabled: kind === 'of-model' })
  const choices: readonly Choice[] = {
    organisation: () => (organisations.data ?? []).map(({ id, name }) => ({ id, name: pick(name) })),
    'of-supplier': () => (suppliers.data ?? []).map(({ id, name }) => ({ id, name })),
    'of-model': () =>
      (models.data ?? []).map(({ id, name, modelVersion, supplierName }) => ({
        id,
        name: `${name} ${modelVersion}`.trim(),
        note: supplierName ?? undefined,
      })),
  }[kind]()
  const labels = { organisation: words.organisation, 'of-supplier': words.ofSupplier, 'of-model': words.ofModel }
  const keys = { organisation: 'organisation', 'of-supplier': 'supplier', 'of-model': 'model' } as const
  return (
    <SearchSelect
      key={choices.length}
      label={labels[kind]}
      width="full"
      choices={choices}
      value={undefined}
      onChange={(id) => onChange({ [keys[kind]]: id })}
    />
  )
}
