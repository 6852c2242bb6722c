import { useState } from 'react'

import type { UseRow } from '#register/api.ts'

export type Selection = {
  readonly keys: ReadonlySet<string>
  /** Chosen by condition, not row by row. */
  readonly all: boolean
  readonly onRow: (key: string, chosen: boolean, range: boolean) => void
  readonly onAll: (chosen: boolean) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

type State = { readonly of: string; readonly keys: ReadonlySet<string>; readonly all: boolean; readonly last: string }

/** Rows between two of a list, both included; the last one alone when the first is not on the page. */
export function between(keys: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** What is chosen stays while one pages; another filter (`of`) begins anew. */
export function useSelection(of: string, rows: readonly UseRow[]): Selection {
  const none: State = { of, keys: new Set(), all: false, last: '' }
  const [kept, setKept] = useState(none)
  const state = kept.of === of ? kept : none
  const ids = rows.map(({ useId }) => useId)
  const choose = (some: readonly string[], chosen: boolean, last: string) => {
    const before = state.all ? new Set(ids) : state.keys
    const keys = new Set(chosen ? [...before, ...some] : [...before].filter((key) => !some.includes(key)))
    setKept({ of, keys, all: false, last })
  }
  return {
    keys: state.all ? new Set(ids) : state.keys,
    all: state.all,
    onRow: (key, chosen, range) => choose(range ? between(ids, state.last, key) : [key], chosen, key),
    onAll: (chosen) => choose(ids, chosen, ''),
    chooseAll: () => setKept({ ...state, all: true }),
    clear: () => setKept(none),
  }
}
