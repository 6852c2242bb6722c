import type { ReactNode } from 'react'

import type { Sheet } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { Tag } from '#web/ui/tags.tsx'

/** What it is for, by which kind of procurement, by which rules; and where it stands. */
export function useSheetLead(sheet: Sheet): ReactNode {
  const t = useTexts()
  const words = t.procurement
  const pattern =
    sheet.pattern === null ? words.head.unknownPattern : (t.fields.codes['service-kind']?.[sheet.pattern] ?? '')
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{words.head.lead(sheet.system.name, pattern, 'DS-920')}</span>
      <span className="keep">{words.head.number(sheet.number)}</span>
      <Tag tone="blue">{words.states[sheet.state]}</Tag>
    </span>
  )
}

/** Who decides, by which rules it was proposed, and who was awarded. */
export function SheetFoot({ page }: { page: SheetPage }) {
  const t = useTexts().procurement.foot
  const pick = usePick()
  const { catalog, edition } = page.sheet
  const awarded = page.bidders.find((bidder) => bidder.awarded)
  return (
    <p className="mt-3 text-note text-solid-gray-700">
      {t.decides} <Link href={paths.catalog(catalog, edition)}>{t.rules}</Link>
      <ProvenanceTag provenance="preset" of={t.rules} />
      {awarded && ` ${t.awarded(`${awarded.label}（${pick(awarded.name)}）`)}`}
    </p>
  )
}
