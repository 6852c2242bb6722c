import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(max-width: 37.4375rem)')
const subscribe = (changed: () => void) => {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** Under 600 px, and at 200 % zoom of a usual window: tables become cards. Paper keeps the table. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
