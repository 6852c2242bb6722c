import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Fact, Facts } from '#register/model.ts'

import { allFrom, changedFacts, differences, proposedChoices, settle } from './merge.ts'

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 3 }).map((value) => ({ value })),
  fc.constantFrom<Fact>({ absent: 'unanswered' }, { absent: 'withheld' }, { absent: 'unknown', note: '照会中' }),
)
const facts: fc.Arbitrary<Facts> = fc.record(
  { name: fact, supplier: fact, tools: fact, 'hosting-country': fact },
  { requiredKeys: [] },
)
const versions = fc.record({ before: facts, mine: facts, theirs: facts })

it('a fact that is not there and an unanswered one are the same', () => {
  expect(changedFacts({}, { tools: { absent: 'unanswered' } })).toEqual({})
})

it('a field that was emptied is sent as unanswered', () => {
  expect(changedFacts({ tools: { value: 'mail' } }, {})).toEqual({ tools: { absent: 'unanswered' } })
})

it('the changed facts laid over the old ones give the new ones', () => {
  fc.assert(
    fc.property(facts, facts, (before, now) => {
      expect(changedFacts({ ...before, ...changedFacts(before, now) }, now)).toEqual({})
    }),
  )
})

it('choosing all of theirs gives theirs, and all of mine gives mine', () => {
  fc.assert(
    fc.property(versions, (v) => {
      const found = differences(null, v)
      expect(changedFacts(v.theirs, settle(v.mine, found, allFrom(found, 'theirs')).facts)).toEqual({})
      expect(changedFacts(v.mine, settle(v.mine, found, allFrom(found, 'mine')).facts)).toEqual({})
    }),
  )
})

it('what only one side changed is proposed from that side, and a conflict waits for the person', () => {
  const v = {
    before: { name: { value: 'a' }, tools: { value: 'b' }, supplier: { value: 'c' } },
    mine: { name: { value: 'mine' }, tools: { value: 'b' }, supplier: { value: 'mine' } },
    theirs: { name: { value: 'a' }, tools: { value: 'theirs' }, supplier: { value: 'theirs' } },
  } satisfies Record<string, Facts>
  const found = differences(null, v)
  const { facts: settled, unsettled } = settle(v.mine, found, proposedChoices(found))
  expect(settled.name).toEqual({ value: 'mine' })
  expect(settled.tools).toEqual({ value: 'theirs' })
  expect(unsettled.map((d) => d.field)).toEqual(['supplier'])
})

it('nothing changed by the other person means that my whole version is proposed', () => {
  fc.assert(
    fc.property(facts, facts, (before, mine) => {
      const found = differences(null, { before, mine, theirs: before })
      const { facts: settled, unsettled } = settle(mine, found, proposedChoices(found))
      expect(unsettled).toEqual([])
      expect(changedFacts(mine, settled)).toEqual({})
    }),
  )
})
