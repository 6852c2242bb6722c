import type { FormFault } from '#procurement/documents/excel/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

type Numbered = FormFault & { readonly at: number }

const cellOf = (fault: FormFault): string | undefined =>
  'cell' in fault ? fault.cell : 'range' in fault ? fault.range : undefined

/** Each fault with its cell, what it is and what to do. */
export function FaultTable({ faults }: { faults: readonly FormFault[] }) {
  const t = useTexts().documents
  const wordsOf = (fault: FormFault) => {
    // One function for each code; the type of the fault goes with it.
    const word = t.formFaults[fault.code] as (found: FormFault) => { what: string; todo: string }
    return word(fault)
  }
  const columns: readonly Column<Numbered>[] = [
    {
      id: 'cell',
      name: t.columns.cell,
      rowHead: true,
      width: 'w-32',
      cell: (fault) => <b>{cellOf(fault) ?? t.take.whole}</b>,
    },
    { id: 'what', name: t.columns.what, cell: (fault) => wordsOf(fault).what },
    { id: 'todo', name: t.columns.todo, cell: (fault) => wordsOf(fault).todo },
  ]
  return (
    <DataTable
      caption={t.take.faults(String(faults.length))}
      columns={columns}
      rows={faults.map((fault, at) => ({ ...fault, at }))}
      rowKey={({ at }) => String(at)}
      rowTone={() => 'error'}
    />
  )
}
