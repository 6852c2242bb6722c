import type { Change, WhatIf } from '#catalog/what-would-change.ts'

import type { Section } from './reading.ts'

/** Changes that do the same, told as one: 「Dを『全て判断する』または『一部』にする」. */
export type ChangeSet = {
  readonly outcome: string
  readonly changes: readonly { readonly question: string; readonly to: readonly Change['to'][] }[]
}

const key = (to: Change['to']): string => JSON.stringify(to)

/** Joins sets that differ in the answer to one question only, so that the same advice is not given twice. */
export function joinSets(changes: WhatIf['changes']): readonly ChangeSet[] {
  let sets: ChangeSet[] = changes.map(({ outcome, changes: all }) => ({
    outcome,
    changes: all.map(({ question, to }) => ({ question, to: [to] })),
  }))
  const positions = Math.max(0, ...sets.map((s) => s.changes.length))
  for (let at = positions - 1; at >= 0; at--) {
    const joined = new Map<string, ChangeSet>()
    for (const set of sets) {
      const others = set.changes.map((c, n) => (n === at ? c.question : [c.question, c.to.map(key)]))
      const id = JSON.stringify([set.outcome, others])
      const before = joined.get(id)
      joined.set(
        id,
        before === undefined
          ? set
          : {
              outcome: set.outcome,
              changes: before.changes.map((c, n) =>
                n === at ? { ...c, to: [...c.to, ...(set.changes[n]?.to ?? [])] } : c,
              ),
            },
      )
    }
    sets = [...joined.values()]
  }
  return sets
}

/** First what a person can decide about the use; then what would take it out of the rules' scope altogether. */
export function inOrderOfUse(sets: readonly ChangeSet[], sections: readonly Section[]): readonly ChangeSet[] {
  const gates = new Set(sections.filter((s) => s.gate).flatMap((s) => s.questions.map((q) => q.id)))
  const gated = (set: ChangeSet) => set.changes.some((c) => gates.has(c.question))
  return sets.toSorted((a, b) => Number(gated(a)) - Number(gated(b)) || a.changes.length - b.changes.length)
}

/** Of the questions beyond the gate none changes the outcome alone: worth a sentence of its own. */
export function noneAlone(what: WhatIf, sections: readonly Section[], asked: readonly string[]): boolean {
  const beyond = sections.filter((s) => !s.gate).flatMap((s) => s.questions.filter((q) => !q.optional).map((q) => q.id))
  const relevant = beyond.filter((q) => asked.includes(q))
  return relevant.length > 0 && relevant.every((q) => what.alone.changesNothing.includes(q))
}
