import { useQuery } from '@tanstack/react-query'
import { Link as AriaLink } from 'react-aria-components/Link'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'

import { unreadQuery } from './unread.ts'

/** The way to the notifications, with the number of unread ones. @param compact without the word, where there is little room */
export function Bell({ compact = false }: { compact?: boolean }) {
  const t = useTexts()
  const unread = useQuery(unreadQuery).data?.unread ?? 0
  const shown = unread > 99 ? '99+' : formatNumber(unread)
  return (
    <AriaLink
      href={paths.notices()}
      className="keep flex min-h-11 items-center gap-1.5 rounded-6 px-2 hover:bg-solid-gray-50"
    >
      <Icon name="bell" />
      {!compact && <span aria-hidden="true">{t.notices.bellWord}</span>}
      <span className="sr-only">{t.notices.bell(formatNumber(unread), unread)}</span>
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="min-w-6 rounded-full bg-blue-900 px-1.5 text-center text-note font-700 text-white tabular-nums"
        >
          {shown}
        </span>
      )}
    </AriaLink>
  )
}
