import { type DocumentsPage, type PlannerForm, plannerForms } from '#procurement/documents/api.ts'
import type { Language } from '#procurement/documents/model.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { formAddress } from './calls.ts'

/** Each sheet as a workbook, out and in. */
export function SheetCards({ page, language }: { page: DocumentsPage; language: Language }) {
  const t = useTexts().documents
  const { id } = page.procurement
  const columns: readonly Column<PlannerForm>[] = [
    {
      id: 'sheet',
      name: t.columns.sheet,
      rowHead: true,
      cell: (sheet) => (
        <>
          <span className="font-700 text-solid-gray-900">{t.sheets[sheet]}</span>
          <br />
          {t.sheetHelp[sheet]}
        </>
      ),
    },
    {
      id: 'deeds',
      name: t.templates.deed,
      cell: (sheet) =>
        sheet === 'comparison' && page.bidders === 0 ? (
          t.noBidders
        ) : (
          <span className="flex flex-wrap gap-3">
            <ButtonLink href={formAddress(id, sheet, language)} size="small" icon="download" download>
              {t.exportExcel}
            </ButtonLink>
            {page.may.take && (
              <ButtonLink href={paths.procurementImport(id, sheet)} size="small">
                {t.importExcel}
              </ButtonLink>
            )}
          </span>
        ),
    },
  ]
  return (
    <>
      <DataTable caption={t.sheetsTitle} columns={columns} rows={plannerForms} rowKey={(sheet) => sheet} />
      {!page.may.take && <p className="mt-2 text-note text-solid-gray-700">{t.mayNotTake}</p>}
    </>
  )
}
