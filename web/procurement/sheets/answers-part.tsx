import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { paths } from '#web/paths.ts'

import { cellOf } from './figures.ts'
import { Mark, stateOf } from './mark.tsx'

/** Each bidder in two lines; side by side they are on a page of their own. */
export function AnswersPart({ item, page }: { item: SheetItem; page: SheetPage }) {
  const t = useTexts().procurement
  const f = useFormat()
  if (page.bidders.length === 0) return <p className="text-solid-gray-700">{t.item.noAnswers}</p>
  return (
    <>
      <ul className="divide-y divide-solid-gray-300">
        {page.bidders.map((bidder) => {
          const cell = cellOf(page, bidder.id, item.item)
          const state = stateOf(cell)
          return (
            <li key={bidder.id} className="py-1.5 first:pt-0">
              <span className="mr-2 inline-flex items-center gap-1 font-700">
                <Mark state={state} size={16} />
                <span className="sr-only">{t.legend[state]}</span>
                {bidder.label}
              </span>
              {cell?.answered === true ? (
                <>
                  {cell.files > 0 && t.item.files(f.number(cell.files))}
                  <span lang="ja" className="line-clamp-3">
                    {cell.reason === '' ? cell.text : cell.reason}
                  </span>
                </>
              ) : (
                t.item.notAnswered
              )}
            </li>
          )
        })}
      </ul>
      {page.bidders.length > 1 && (
        <Link href={paths.procurementComparison(page.sheet.id, { item: item.item })}>
          {t.item.compare(f.number(page.bidders.length))}
        </Link>
      )}
    </>
  )
}
