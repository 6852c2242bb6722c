import { useState } from 'react'

import { fieldOf } from '#register/fields.ts'
import type { Model } from '#register/api-names.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { Link } from '#web/ui/link.tsx'
import type { Column } from '#web/ui/table.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { codeWord } from './fact-view.tsx'
import { RecordForm } from './record-form.tsx'
import { RecordsTable, unanswered } from './records-table.tsx'
import { SupplierField } from './supplier-field.tsx'

/** Models with what they are and how many systems use them; a row opens to be put right in place. */
export function ModelsTable({ rows }: { rows: readonly Model[] }) {
  const t = useTexts()
  const words = t.register.models
  const columns: readonly Column<Model>[] = [
    {
      id: 'name',
      name: words.columns.model,
      cell: ({ name, modelVersion }) => (
        <span className="font-700 text-solid-gray-900">{`${name} ${modelVersion}`.trim()}</span>
      ),
    },
    {
      id: 'supplier',
      name: words.columns.supplier,
      cell: ({ supplierId, supplierName }) =>
        supplierId === null ? (
          unanswered
        ) : (
          <Link href={paths.register({ organisation: 'all', supplier: supplierId })}>{supplierName}</Link>
        ),
    },
    { id: 'country', name: words.columns.country, cell: ({ hostingCountry }) => hostingCountry ?? unanswered },
    {
      id: 'modality',
      name: words.columns.modality,
      cell: ({ modality }) =>
        modality.length === 0 ? unanswered : t.ui.list(modality.map((code) => codeWord(t, 'modality', code))),
    },
  ]
  return (
    <RecordsTable
      caption={words.tabs.models}
      columns={columns}
      rows={rows}
      filter="model"
      form={(row, close) => <ModelForm key={row.id} model={row} onClose={close} />}
    />
  )
}

function ModelForm({ model, onClose }: { model: Model; onClose: () => void }) {
  const t = useTexts()
  const words = t.register.models
  const [name, setName] = useState(model.name)
  const [modelVersion, setVersion] = useState(model.modelVersion)
  const [supplierId, setSupplier] = useState(model.supplierId)
  const [country, setCountry] = useState(model.hostingCountry ?? '')
  const [modality, setModality] = useState<readonly string[]>(model.modality)
  return (
    <RecordForm
      address={`/models/${model.id}`}
      version={model.version}
      name={name}
      body={{
        name: name.trim(),
        modelVersion: modelVersion.trim(),
        supplierId,
        hostingCountry: country.trim() === '' ? null : country.trim(),
        modality: [...modality],
      }}
      onClose={onClose}
    >
      <TextField label={words.columns.name} requirement="required" value={name} onChange={setName} />
      <TextField label={words.columns.version} width="medium" value={modelVersion} onChange={setVersion} />
      <SupplierField
        label={words.columns.supplier}
        value={supplierId ?? undefined}
        names={{ suppliers: model.supplierId === null ? {} : { [model.supplierId]: model.supplierName ?? '' } }}
        onChange={setSupplier}
      />
      <TextField label={words.columns.country} width="medium" value={country} onChange={setCountry} />
      <CheckboxGroup
        label={words.columns.modality}
        columns={3}
        choices={(fieldOf('modality').codes ?? []).map((id) => ({ id, name: codeWord(t, 'modality', id) }))}
        value={modality}
        onChange={setModality}
      />
    </RecordForm>
  )
}
