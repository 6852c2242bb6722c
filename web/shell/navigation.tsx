import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Link as AriaLink } from 'react-aria-components/Link'

import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { formatNumber } from '#web/ui/format.ts'

import { countOf, currentItem, type NavigationItem, navigationOf } from './navigation-items.ts'
import { type Me, navigationCountsQuery } from './session.ts'

/** Groups with a plain heading; open numbers at the right edge; the current item bold on blue with a bar. */
export function Navigation({ me }: { me: Me }) {
  const t = useTexts()
  const { pathname } = useLocation()
  const counts = useQuery(navigationCountsQuery).data
  const groups = navigationOf[me.role]
  const current = currentItem(groups, pathname)
  return (
    <nav aria-label={t.shell.navigation} className="py-6 pr-2 pl-1.5">
      {groups.map((group) => (
        <div key={group.id} className="mb-3">
          <h2 id={`nav-${group.id}`} className="mb-1 px-3.5 text-note font-400! text-solid-gray-700">
            {t.shell.groups[group.id]}
          </h2>
          <ul aria-labelledby={`nav-${group.id}`}>
            {group.items.map((item) => (
              <li key={item.id}>
                <Item item={item} isCurrent={item.id === current} count={countOf(counts, item.count)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** For who has a few pages only: beside each other under the header, no column of their own. */
export function NavigationBar({ me }: { me: Me }) {
  const t = useTexts()
  const { pathname } = useLocation()
  const counts = useQuery(navigationCountsQuery).data
  const groups = navigationOf[me.role]
  const current = currentItem(groups, pathname)
  return (
    <nav aria-label={t.shell.navigation} className="px-4 py-1.5 sm:px-6">
      <ul className="flex flex-wrap gap-x-2">
        {groups.flatMap(({ items }) =>
          items.map((item) => (
            <li key={item.id}>
              <Item item={item} isCurrent={item.id === current} count={countOf(counts, item.count)} />
            </li>
          )),
        )}
      </ul>
    </nav>
  )
}

type ItemProps = { item: NavigationItem; isCurrent: boolean; count: number | undefined }
function Item({ item, isCurrent, count }: ItemProps) {
  const t = useTexts()
  return (
    <AriaLink
      href={item.href}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      className={classes(
        'flex min-h-11 items-center justify-between gap-2 rounded-8 border-l-4 py-1 pr-3 pl-2.5 leading-snug lg:min-h-10',
        isCurrent ? 'border-blue-900 bg-blue-50 font-700 text-blue-1000' : 'border-transparent hover:bg-solid-gray-50',
      )}
    >
      <span>{t.shell.items[item.id]}</span>
      {count !== undefined && count > 0 && (
        <span className="keep shrink-0 text-note tabular-nums">
          <span aria-hidden="true">{formatNumber(count)}</span>
          <span className="sr-only">{t.shell.open(formatNumber(count))}</span>
        </span>
      )}
    </AriaLink>
  )
}
