import { describe, expect, it } from 'vitest'

import { inOrderOfUse, joinSets, noneAlone } from './changes.ts'
import type { Section } from './reading.ts'

const change = (question: string, to: string) => ({ question, from: 'x', to })
const sections = [
  { id: 'scope', gate: true, mark: '', item: undefined, questions: [{ id: 'scope' }] },
  {
    id: 'axes',
    gate: false,
    mark: 'A',
    item: undefined,
    questions: [{ id: 'a' }, { id: 'b' }, { id: 'note', optional: true }],
  },
] as unknown as readonly Section[]

describe('the sets of changes', () => {
  it('that differ in one answer only are told once, with both answers', () => {
    const sets = joinSets([
      { outcome: 'proceed', changes: [change('a', 'one'), change('b', 'y')] },
      { outcome: 'proceed', changes: [change('a', 'two'), change('b', 'y')] },
      { outcome: 'board', changes: [change('a', 'three')] },
    ])
    expect(sets).toEqual([
      {
        outcome: 'proceed',
        changes: [
          { question: 'a', to: ['one', 'two'] },
          { question: 'b', to: ['y'] },
        ],
      },
      { outcome: 'board', changes: [{ question: 'a', to: ['three'] }] },
    ])
  })

  it('that form a full grid are told as one', () => {
    const grid = ['p', 'q'].flatMap((a) =>
      ['r', 's'].map((b) => ({ outcome: 'proceed', changes: [change('a', a), change('b', b)] })),
    )
    expect(joinSets(grid)).toEqual([
      {
        outcome: 'proceed',
        changes: [
          { question: 'a', to: ['p', 'q'] },
          { question: 'b', to: ['r', 's'] },
        ],
      },
    ])
  })

  it('come in the order of use: what leaves the scope last', () => {
    const sets = joinSets([
      { outcome: 'out', changes: [change('scope', 'no')] },
      { outcome: 'proceed', changes: [change('a', 'one'), change('b', 'y')] },
    ])
    expect(inOrderOfUse(sets, sections).map((s) => s.outcome)).toEqual(['proceed', 'out'])
  })

  it('says that no single answer changes the result only when that holds for every question asked', () => {
    const what = (changesNothing: string[]) => ({ changes: [], alone: { changesNothing }, complete: true })
    expect(noneAlone(what(['a', 'b']), sections, ['scope', 'a', 'b', 'note'])).toBe(true)
    expect(noneAlone(what(['a']), sections, ['scope', 'a', 'b'])).toBe(false)
    expect(noneAlone(what([]), sections, ['scope'])).toBe(false)
  })
})
