import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { Select } from './select.tsx'

export const pageSizes = [20, 50, 100] as const
export type PageSize = (typeof pageSizes)[number]

type Props = {
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  size?: PageSize
  onSize?: (size: PageSize) => void
}

/** Previous, next and rows per page; nothing where one page is all. No page numbers: lists are read with a cursor. */
export function Pager({ onPrevious, onNext, size, onSize }: Props) {
  const t = useTexts()
  if (!onPrevious && !onNext && size === undefined) return null
  return (
    <nav aria-label={t.ui.pager} className="mt-4 flex flex-wrap items-center justify-end gap-3">
      {size !== undefined && onSize && (
        <div className="flex items-center gap-2">
          <span aria-hidden="true" className="text-note">
            {t.ui.perPage}
          </span>
          <div className="w-28">
            <Select
              label={t.ui.perPage}
              hiddenLabel
              dense
              width="full"
              choices={pageSizes.map((n) => ({ id: String(n), name: t.ui.items(String(n)) }))}
              value={String(size)}
              onChange={(id) => onSize(Number(id) as PageSize)}
            />
          </div>
        </div>
      )}
      <div className="flex gap-3">
        <Button
          size="medium"
          icon="chevron-left"
          blockedBecause={onPrevious ? undefined : t.ui.firstPage}
          reason="hidden"
          onPress={() => onPrevious?.()}
        >
          {t.ui.previous}
        </Button>
        <Button
          size="medium"
          icon="chevron-right"
          iconAfter
          blockedBecause={onNext ? undefined : t.ui.lastPage}
          reason="hidden"
          onPress={() => onNext?.()}
        >
          {t.ui.next}
        </Button>
      </div>
    </nav>
  )
}
