import { exportUses } from '#register/import/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'

import { type RegisterQuery, writeFilter } from './query.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  selection: Selection
  query: RegisterQuery
  count: number | undefined
  onChangeTogether: () => void
}

/** Stands before the table, so that Shift+Tab reaches it from the rows; what it says is announced. */
export function SelectionBar({ selection, query, count, onChangeTogether }: Props) {
  const t = useTexts()
  const me = useMe()
  const words = t.register.list
  const some = selection.all || selection.keys.size > 0
  const said = selection.all
    ? words.selectedAll(count === undefined ? '…' : formatNumber(count))
    : words.selected(formatNumber(selection.keys.size))
  const exported = selection.all ? writeFilter(query) : { uses: [...selection.keys].join(',') }
  const tooMany = !selection.all && selection.keys.size > exportUses
  return (
    <section aria-label={words.selectionName}>
      <p role="status" className="sr-only">
        {some ? said : ''}
      </p>
      {some && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-8 border border-blue-900 bg-blue-50 p-3">
          <span className="font-700 text-solid-gray-900">{said}</span>
          {!selection.all && count !== undefined && count > selection.keys.size && (
            <Button look="text" size="small" onPress={selection.chooseAll}>
              {words.selectAll(formatNumber(count))}
            </Button>
          )}
          <span className="ml-auto flex flex-wrap items-center gap-3">
            <Button
              size="medium"
              blockedBecause={me?.may['change-system'] ? undefined : t.register.refusals['not-permitted']}
              onPress={onChangeTogether}
            >
              {words.changeTogether}
            </Button>
            {tooMany ? (
              <Button size="medium" blockedBecause={words.exportTooMany(formatNumber(exportUses))}>
                {words.exportSelected}
              </Button>
            ) : (
              <ButtonLink href={paths.imports({ export: 'register', ...exported })} size="medium">
                {words.exportSelected}
              </ButtonLink>
            )}
            <Button look="text" size="medium" onPress={selection.clear}>
              {words.unselect}
            </Button>
          </span>
        </div>
      )}
    </section>
  )
}
