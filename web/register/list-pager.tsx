import type { UsesPage } from '#register/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Pager, type PageSize } from '#web/ui/pager.tsx'

import { naturalOrder, type RegisterQuery } from './query.ts'

type Props = {
  query: RegisterQuery
  page: UsesPage
  onChange: (what: Partial<RegisterQuery>) => void
  onReload: () => void
}

/** In which order the rows stand, how many at a time, forth and back. */
export function ListPager({ query, page, onChange, onReload }: Props) {
  const t = useTexts()
  const words = t.register.list
  const from = query.cursor === '' ? 1 : query.from
  const { next, previous } = page
  const order = words.sortedBy[query.sort] + (query.order === naturalOrder(query.sort) ? '' : words.reversed)
  const back = from === undefined ? undefined : Math.max(1, from - query.limit)
  return (
    <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6">
      <p className="text-note text-solid-gray-700">
        {order}
        {words.sentenceEnd}
        {words.reloadBefore}
        <Button look="text" size="small" onPress={onReload}>
          {words.reload}
        </Button>
        {words.reloadAfter}
      </p>
      <Pager
        size={query.limit as PageSize}
        onSize={(limit) => onChange({ limit })}
        onPrevious={previous === null ? undefined : () => onChange({ cursor: previous, from: back })}
        onNext={
          next === null
            ? undefined
            : () => onChange({ cursor: next, from: from === undefined ? undefined : from + page.items.length })
        }
      />
      <p className="w-full text-note text-solid-gray-700 max-sm:hidden">{words.keys}</p>
    </div>
  )
}
