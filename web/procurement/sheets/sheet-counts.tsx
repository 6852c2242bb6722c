import type { ReactNode } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'

import { countsOf } from './figures.ts'

/** Five figures, each with what it is a part of. */
export function SheetCounts({ items, page }: { items: readonly SheetItem[]; page: SheetPage }) {
  const t = useTexts().procurement.counts
  const f = useFormat()
  const c = countsOf(items, page)
  return (
    <dl
      aria-label={t.label}
      className="mb-5 grid grid-cols-2 rounded-8 border border-solid-gray-200 sm:grid-cols-3 md:grid-cols-5 [&>*]:border-solid-gray-200 md:[&>*+*]:border-l"
    >
      <Count name={t.included} figure={f.number(c.included)} of={t.of(f.number(c.all))} />
      <Count
        name={t.leftOut}
        figure={f.number(c.leftOut)}
        of={t.items}
        note={c.undecided > 0 ? t.undecided(f.number(c.undecided)) : undefined}
      />
      {page.bidders.length > 0 ? (
        <Count name={t.answers} figure={f.number(c.answered)} of={t.ofAnswers(f.number(c.asked))} />
      ) : (
        <Count name={t.answers} figure={undefined} of={t.noBidders} />
      )}
      <Count name={t.agreed} figure={f.number(c.agreed)} of={t.of(f.number(c.included))} />
      <Count name={t.proved} figure={f.number(c.proved)} of={t.of(f.number(c.included))} />
    </dl>
  )
}

type CountProps = { name: string; figure: string | undefined; of: string; note?: ReactNode }

function Count({ name, figure, of, note }: CountProps) {
  return (
    <div className="px-4 py-3">
      <dt className="text-note text-solid-gray-700">{name}</dt>
      <dd className="text-note">
        {figure !== undefined && <b className="mr-1 text-std-20B-150 tabular-nums">{figure}</b>}
        <span className="keep">{of}</span>
        {note !== undefined && <span className="keep block font-700 text-yellow-1200">{note}</span>}
      </dd>
    </div>
  )
}
