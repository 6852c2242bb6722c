import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

import { cellOf, type Group } from './figures.ts'
import { BidderMark } from './mark.tsx'
import { ClauseCell, DecisionCell, ProofCell, WaysCell } from './row-cells.tsx'

type Props = {
  caption: string
  groups: readonly Group[]
  page: SheetPage
  opened: ReadonlySet<string>
  onToggle: (item: string, open: boolean) => void
  details: (item: SheetItem) => ReactNode
}
type Place = { readonly item: string; readonly column: number }

const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] } as const
const isArrow = (key: string): key is keyof typeof step => key in step

/** Arrows move in the grid, Enter opens a row, Esc closes it. One stop of Tab: the place that had the focus last. */
function useGridKeys(rows: readonly { readonly id: string; readonly columns: number }[], onToggle: Props['onToggle']) {
  const grid = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<Place>({ item: rows[0]?.id ?? '', column: 0 })
  const moved = useRef(false)
  const row = Math.max(
    0,
    rows.findIndex(({ id }) => id === at.item),
  )
  const present: Place = { item: rows[row]?.id ?? '', column: Math.min(at.column, (rows[row]?.columns ?? 1) - 1) }
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    grid.current?.querySelector<HTMLElement>(`[data-cell="${at.item}/${present.column}"]`)?.focus()
  }, [at, present.column])
  const go = (place: Place) => {
    moved.current = true
    setAt({ ...place })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    if (event.key === 'Escape') {
      const open = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset['row']
      if (open === undefined || event.defaultPrevented) return
      onToggle(open, false)
      go({ item: open, column: 0 })
      return
    }
    if (!cell || cell !== event.target) return
    if (isArrow(event.key)) {
      event.preventDefault()
      const [down, right] = step[event.key]
      const next = rows[Math.min(rows.length - 1, Math.max(0, row + down))]!
      const column = Math.max(0, Math.min(next.columns - 1, present.column + right))
      go({ item: next.id, column })
    } else if (event.key === 'Enter' && present.column > 0) {
      event.preventDefault()
      onToggle(present.item, true)
    }
  }
  const cellProps = (item: string, column: number) => ({
    'data-cell': `${item}/${column}`,
    tabIndex: present.item === item && present.column === column ? 0 : -1,
    onFocus: () => setAt({ item, column }),
  })
  return { grid, onKeyDown, cellProps }
}

/** Three columns of bidders fit; more scroll inside, with the first two columns in their place. */
export function SheetGrid({ caption, groups, page, opened, onToggle, details }: Props) {
  const t = useTexts().procurement.grid
  const { bidders } = page
  const many = bidders.length > 3
  const width = 4 + bidders.length
  const rows = groups.flatMap(({ items }) =>
    items.map((item) => ({ id: item.item, columns: item.included === true ? width : 2 })),
  )
  const { grid, onKeyDown, cellProps } = useGridKeys(rows, onToggle)
  return (
    <div className={classes('relative', many && 'overflow-x-auto')}>
      <p id="grid-help" className="sr-only">
        {t.help}
      </p>
      <table
        ref={grid}
        // The keys are those of a grid (WAI-ARIA Authoring Practices, grid).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-describedby="grid-help"
        onKeyDown={onKeyDown}
        className="w-full border-collapse text-note"
      >
        <caption className="sr-only">{caption}</caption>
        <Head page={page} many={many} />
        {groups.map((group) => (
          <tbody key={group.id}>
            <GroupRow group={group} width={width} />
            {group.items.map((item) => (
              <Fragment key={item.item}>
                <Row
                  item={item}
                  page={page}
                  many={many}
                  open={opened.has(item.item)}
                  onToggle={onToggle}
                  cellProps={(column) => cellProps(item.item, column)}
                />
                {opened.has(item.item) && (
                  <tr data-row={item.item} className="border-b border-solid-gray-420 bg-blue-50">
                    <td colSpan={width} className="px-4 pt-1 pb-4 shadow-[inset_4px_0_0_var(--color-blue-900)]">
                      {details(item)}
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

const fixed = 'sticky z-[1] bg-inherit'
const first = 'left-0 w-[19rem] min-w-[19rem]'
const second = 'left-[19rem] w-36 min-w-36'

function Head({ page, many }: { page: SheetPage; many: boolean }) {
  const t = useTexts().procurement.grid
  const { bidders } = page
  const span = bidders.length > 0 ? 2 : 1
  const cell = 'px-3 py-2 text-left font-700'
  return (
    <thead>
      <tr className="border-t border-solid-gray-420 bg-solid-gray-50">
        <th scope="col" rowSpan={span} className={classes(cell, many && fixed, many && first)}>
          {t.item}
        </th>
        <th scope="col" rowSpan={span} className={classes(cell, many && fixed, many && second)}>
          {t.ways}
        </th>
        {bidders.length > 0 && (
          <th scope="colgroup" colSpan={bidders.length} className="px-3 py-1 text-center font-700">
            {t.bidders}
          </th>
        )}
        <th scope="col" rowSpan={span} className={cell}>
          {t.clause}
        </th>
        <th scope="col" rowSpan={span} className={cell}>
          {t.proof}
        </th>
      </tr>
      {bidders.length > 0 && (
        <tr className="bg-solid-gray-50">
          {bidders.map((bidder) => (
            <th key={bidder.id} scope="col" className="min-w-16 border-t border-solid-gray-300 px-2 py-1 font-700">
              {bidder.label}
              {bidder.awarded && <span className="block font-400">{t.awarded}</span>}
            </th>
          ))}
        </tr>
      )}
    </thead>
  )
}

function GroupRow({ group, width }: { group: Group; width: number }) {
  const t = useTexts().procurement.grid
  const pick = usePick()
  return (
    <tr className="border-t border-b border-solid-gray-420 bg-white">
      <th scope="rowgroup" colSpan={width} className="px-3 pt-5 pb-1.5 text-left font-700">
        {pick(group.title)}
        <span className="ml-3 font-400 text-solid-gray-700">{t.range(group.from, group.to)}</span>
      </th>
    </tr>
  )
}

type RowProps = Pick<Props, 'page' | 'onToggle'> & {
  item: SheetItem
  many: boolean
  open: boolean
  cellProps: (column: number) => {
    readonly 'data-cell': string
    readonly tabIndex: number
    readonly onFocus: () => void
  }
}

function Row({ item, page, many, open, onToggle, cellProps }: RowProps) {
  const { bidders } = page
  const included = item.included === true
  const cell = 'px-3 py-1.5 align-middle focus-visible:outline-4 focus-visible:-outline-offset-4'
  const ground = open ? 'bg-blue-50' : item.included === false ? 'bg-solid-gray-50' : 'bg-white hover:bg-blue-50'
  return (
    <tr
      data-row={item.item}
      className={classes('border-b border-solid-gray-200', ground, open && 'border-b-0 font-700')}
    >
      <th
        scope="row"
        className={classes(
          cell,
          'text-left font-400',
          many && fixed,
          many && first,
          open && 'shadow-[inset_4px_0_0_var(--color-blue-900)]',
        )}
      >
        <ItemButton item={item} open={open} onToggle={onToggle} cell={cellProps(0)} />
      </th>
      {included ? (
        <>
          <td className={classes(cell, many && fixed, many && second)} {...cellProps(1)}>
            <WaysCell item={item} />
          </td>
          {bidders.map((bidder, i) => (
            <td key={bidder.id} className={classes(cell, 'text-center')} {...cellProps(2 + i)}>
              <BidderMark bidder={bidder.label} cell={cellOf(page, bidder.id, item.item)} />
            </td>
          ))}
          <td className={cell} {...cellProps(2 + bidders.length)}>
            <ClauseCell item={item} />
          </td>
          <td className={cell} {...cellProps(3 + bidders.length)}>
            <ProofCell item={item} />
          </td>
        </>
      ) : (
        <td colSpan={3 + bidders.length} className={cell} {...cellProps(1)}>
          <DecisionCell item={item} />
        </td>
      )}
    </tr>
  )
}

type ItemButtonProps = {
  item: SheetItem
  open: boolean
  onToggle: Props['onToggle']
  cell?: { readonly 'data-cell': string; readonly tabIndex: number; readonly onFocus: () => void }
}

export function ItemButton({ item, open, onToggle, cell }: ItemButtonProps) {
  const pick = usePick()
  const label = labelOf(item.item)
  const title = pick(item.preset.title)
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => onToggle(item.item, !open)}
      className="grid w-full cursor-pointer grid-cols-[3.25rem_minmax(0,1fr)] items-baseline py-1 text-left"
      {...cell}
    >
      <span className="font-700 text-solid-gray-700 tabular-nums">{label} </span>
      <span
        className={classes(
          'underline underline-offset-4',
          item.included === false ? 'text-solid-gray-800' : 'text-blue-1000',
          open && 'font-700',
        )}
      >
        {title}
      </span>
    </button>
  )
}
