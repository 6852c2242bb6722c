import { useState } from 'react'

/** The way through a list that is read with a cursor: each page hands over where the next begins, so the way back is kept here. */
export function useCursors() {
  const [cursors, setCursors] = useState<readonly string[]>([])
  return {
    /** Of the page that is shown; nothing for the first. */
    cursor: cursors.at(-1),
    toFirst: () => setCursors([]),
    /** What a pager is handed. @param next  as the page that is shown says; null where it is the last */
    turning: (next: string | null) => ({
      onPrevious: cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1)),
      onNext: next === null ? undefined : () => setCursors([...cursors, next]),
    }),
  }
}
