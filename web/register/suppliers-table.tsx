import { useState } from 'react'

import type { Supplier } from '#register/api-names.ts'
import { useTexts } from '#web/texts/language.tsx'
import type { Column } from '#web/ui/table.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { RecordForm } from './record-form.tsx'
import { RecordsTable, unanswered } from './records-table.tsx'

/** Suppliers and how many systems depend on them. */
export function SuppliersTable({ rows }: { rows: readonly Supplier[] }) {
  const t = useTexts()
  const words = t.register.models
  const columns: readonly Column<Supplier>[] = [
    {
      id: 'name',
      name: words.columns.name,
      cell: ({ name, nameEn }) => (
        <>
          <span className="font-700 text-solid-gray-900">{name}</span>
          {nameEn !== '' && <p lang="en">{nameEn}</p>}
        </>
      ),
    },
    { id: 'country', name: words.columns.home, cell: ({ country }) => country ?? unanswered },
    { id: 'number', name: words.columns.corporateNumber, cell: ({ corporateNumber }) => corporateNumber ?? unanswered },
  ]
  return (
    <RecordsTable
      caption={words.tabs.suppliers}
      columns={columns}
      rows={rows}
      filter="supplier"
      form={(row, close) => <SupplierForm key={row.id} supplier={row} onClose={close} />}
    />
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

function SupplierForm({ supplier, onClose }: { supplier: Supplier; onClose: () => void }) {
  const t = useTexts()
  const words = t.register.models
  const [name, setName] = useState(supplier.name)
  const [nameEn, setNameEn] = useState(supplier.nameEn)
  const [country, setCountry] = useState(supplier.country ?? '')
  const [number, setNumber] = useState(supplier.corporateNumber ?? '')
  const plain = number.normalize('NFKC').replaceAll(/\D/g, '')
  const wrong = plain !== '' && !/^[1-9]\d{12}$/.test(plain)
  return (
    <RecordForm
      address={`/suppliers/${supplier.id}`}
      version={supplier.version}
      name={name}
      body={{ name: name.trim(), nameEn: nameEn.trim(), country: orNull(country), corporateNumber: orNull(plain) }}
      blockedBecause={wrong ? words.corporateNumberWrong : undefined}
      onClose={onClose}
    >
      <TextField label={words.columns.name} requirement="required" value={name} onChange={setName} />
      <TextField label={words.columns.nameEn} lang="en" value={nameEn} onChange={setNameEn} />
      <TextField label={words.columns.home} width="medium" value={country} onChange={setCountry} />
      <TextField
        label={words.columns.corporateNumber}
        width="medium"
        inputMode="numeric"
        value={number}
        onChange={setNumber}
        error={wrong ? words.corporateNumberWrong : undefined}
      />
    </RecordForm>
  )
}
