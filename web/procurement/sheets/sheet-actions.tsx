import type { ReactNode } from 'react'

import type { SheetPage } from '#procurement/sheets/api-page.ts'

/** Buttons at the right of the title: what is made of the sheet. */
export function SheetActions({ page: _page }: { page: SheetPage }): ReactNode {
  return null
}
