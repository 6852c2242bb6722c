import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { DocumentButtons } from '#web/procurement/documents/document-buttons.tsx'

/** Buttons at the right of the title: what is made of the sheet. */
export function SheetActions({ page }: { page: SheetPage }) {
  return <DocumentButtons id={page.sheet.id} />
}
