import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { plannerForms } from '#procurement/documents/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Page } from '#web/ui/page.tsx'

import { documentsQuery } from './calls.ts'
import { SheetImport } from './sheet-import.tsx'

/** A filled workbook: what it would change, then take it. */
export function SheetImportScreen() {
  const t = useTexts()
  const { id, sheet: asked } = useParams({ from: '/procurement/$id/import/$sheet' })
  const sheet = plannerForms.find((one) => one === asked) ?? 'check-sheet'
  const page = useQuery(documentsQuery(id))
  const crumbs = [
    { name: t.procurement.title, href: paths.procurements() },
    ...(page.data ? [{ name: page.data.procurement.title, href: paths.procurement(id) }] : []),
    { name: t.documents.title, href: paths.procurementDocuments(id) },
  ]
  return (
    <Page title={t.documents.take.title(t.documents.sheets[sheet])} crumbs={crumbs} lead={t.documents.take.lead}>
      <SheetImport id={id} sheet={sheet} />
    </Page>
  )
}
