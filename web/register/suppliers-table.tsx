import { useState } from 'react'

import type { Supplier } from '#register/api-names.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { AbsenceMark } from '#web/ui/tags.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { RecordForm } from './record-form.tsx'

const unanswered = <AbsenceMark absent={{ absent: 'unanswered' }} />

/** Suppliers and how many systems depend on them. */
export function SuppliersTable({ rows }: { rows: readonly Supplier[] }) {
  const t = useTexts()
  const words = t.register.models
  const [open, setOpen] = useState<string | undefined>()
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
    {
      id: 'systems',
      name: words.columns.systems,
      align: 'right',
      cell: ({ id, name, systems }) => (
        <Link
          href={paths.register({ organisation: 'all', supplier: id })}
          label={words.countOf(name, formatNumber(systems))}
        >
          {words.count(formatNumber(systems))}
        </Link>
      ),
    },
  ]
  return (
    <DataTable
      caption={words.tabs.suppliers}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={({ name }) => words.editOf(name)}
      opening={{
        key: open,
        onOpen: setOpen,
        details: (row) => <SupplierForm key={row.id} supplier={row} onClose={() => setOpen(undefined)} />,
      }}
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
