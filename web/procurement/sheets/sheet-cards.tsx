import type { ReactNode } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

import { cellOf, type Group } from './figures.ts'
import { Mark, stateOf } from './mark.tsx'
import { ClauseCell, DecisionCell, ProofCell, WaysCell } from './row-cells.tsx'
import { ItemButton } from './sheet-grid.tsx'

type Props = {
  groups: readonly Group[]
  page: SheetPage
  opened: ReadonlySet<string>
  onToggle: (item: string, open: boolean) => void
  details: (item: SheetItem) => ReactNode
}

/** The same rows where the table has no room: one card an item. */
export function SheetCards({ groups, page, opened, onToggle, details }: Props) {
  const t = useTexts().procurement.grid
  const pick = usePick()
  return (
    <>
      {groups.map((group) => (
        <section key={group.id} className="mb-6">
          <h2 className="mb-2 text-std-17B-170">
            {pick(group.title)}
            <span className="ml-2 font-400 text-solid-gray-700">{t.range(group.from, group.to)}</span>
          </h2>
          <ul className="flex flex-col gap-3">
            {group.items.map((item) => (
              <li
                key={item.item}
                className={classes(
                  'rounded-8 border p-3 text-note',
                  opened.has(item.item) ? 'border-2 border-blue-900 bg-blue-50' : 'border-solid-gray-300',
                  !opened.has(item.item) && item.included === false && 'bg-solid-gray-50',
                )}
              >
                <ItemButton item={item} open={opened.has(item.item)} onToggle={onToggle} />
                {item.included === true ? <CardFacts item={item} page={page} /> : <DecisionCell item={item} />}
                {opened.has(item.item) && <div className="mt-3">{details(item)}</div>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function CardFacts({ item, page }: { item: SheetItem; page: SheetPage }) {
  const t = useTexts().procurement
  return (
    <dl className="mt-1 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1 [&>dt]:text-solid-gray-700">
      <dt>{t.grid.ways}</dt>
      <dd>
        <WaysCell item={item} />
      </dd>
      {page.bidders.map((bidder) => {
        const state = stateOf(cellOf(page, bidder.id, item.item))
        return [
          <dt key={`${bidder.id}-name`}>{bidder.label}</dt>,
          <dd key={bidder.id} className="inline-flex items-center gap-1.5">
            <Mark state={state} size={16} />
            {t.legend[state]}
          </dd>,
        ]
      })}
      <dt>{t.grid.clause}</dt>
      <dd>
        <ClauseCell item={item} />
      </dd>
      <dt>{t.grid.proof}</dt>
      <dd>
        <ProofCell item={item} />
      </dd>
    </dl>
  )
}
