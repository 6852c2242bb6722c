import type { UsesCount } from '#register/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'

import type { RegisterQuery } from './query.ts'

type Props = { query: RegisterQuery; shown: number | undefined; count: UsesCount | undefined }

/** How many there are and which of them are shown. The rows come first; the count may come after. */
export function ListCount({ query, shown, count }: Props) {
  const t = useTexts()
  const words = t.register.list
  const from = query.cursor === '' ? 1 : query.from
  const sentence = () => {
    if (shown === undefined) return ''
    if (count === undefined) return t.ui.counting
    if (shown === 0) return words.count(formatNumber(count.count))
    if (from === undefined) return `${words.count(formatNumber(count.count))} ${words.shownNow(formatNumber(shown))}`
    return words.shown(formatNumber(count.count), formatNumber(from), formatNumber(from + shown - 1))
  }
  return (
    <div className="mt-5 mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
      <p role="status" className="font-700 text-solid-gray-900 tabular-nums">
        {sentence()}
      </p>
      <p className="text-note text-solid-gray-700">{words.changePromise}</p>
    </div>
  )
}
