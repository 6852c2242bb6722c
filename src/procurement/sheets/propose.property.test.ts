import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { AnswerValue, Answers } from '#catalog/model-result.ts'
import type { Question } from '#catalog/model.ts'
import { shippedGuide } from '#test/procurement.ts'

import { proposalKinds } from './model.ts'
import { differences, propose } from './propose.ts'

const guide = shippedGuide()
const known = (question: Question): fc.Arbitrary<AnswerValue> =>
  'options' in question
    ? fc.constantFrom(...question.options.map((o) => o.id))
    : fc.constantFrom('日本', 'アメリカ', '日本（東京）')
const answers = (unknown: boolean): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(
      guide.questions.map((question) => [
        question.id,
        unknown ? fc.oneof(known(question), fc.constant<AnswerValue>({ unknown: true })) : known(question),
      ]),
    ),
    unknown ? { requiredKeys: [] } : {},
  )
const ids = guide.items.map((item) => item.item)

describe('what the guide proposes', () => {
  test('there are twenty-one procurement checks and six contract checks', () => {
    expect(ids.filter((id) => /^p-\d\d$/.test(id))).toHaveLength(21)
    expect(ids.filter((id) => /^k-\d\d$/.test(id))).toHaveLength(6)
  })

  test('every item appears exactly once, and never without a ground, for any answers of any uses', () => {
    fc.assert(
      fc.property(fc.array(answers(true), { maxLength: 3 }), (uses) => {
        const proposals = propose(guide, uses)
        expect([...proposals.keys()]).toEqual(ids)
        for (const { says, reasons, questions } of proposals.values()) {
          expect(proposalKinds).toContain(says)
          expect(reasons.length).toBeGreaterThan(0)
          expect(reasons.every((r) => r.text.ja.trim() !== '' && r.text.en.trim() !== '')).toBe(true)
          expect(questions.length > 0).toBe(says === 'undecided')
        }
      }),
      { numRuns: 150 },
    )
  })

  test('nothing stays undecided when everything is known', () => {
    fc.assert(
      fc.property(fc.array(answers(false), { minLength: 1, maxLength: 2 }), (uses) => {
        expect([...propose(guide, uses).values()].every((p) => p.says !== 'undecided')).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('answering one more question never takes back what was proposed, and only settles what was undecided', () => {
    fc.assert(
      fc.property(answers(true), answers(false), fc.constantFrom(...guide.questions), (some, all, { id }) => {
        const answer = some[id]
        fc.pre(answer === undefined || typeof answer === 'object')
        const before = propose(guide, [some])
        const after = propose(guide, [{ ...some, [id]: all[id] }])
        for (const item of ids)
          if (before.get(item)!.says !== 'undecided') expect(after.get(item)!.says).toBe(before.get(item)!.says)
      }),
      { numRuns: 150 },
    )
  })

  test('a use more never leaves out what another use needs', () => {
    fc.assert(
      fc.property(answers(true), answers(true), (one, other) => {
        const alone = propose(guide, [one])
        const both = propose(guide, [one, other])
        for (const item of ids) if (alone.get(item)!.says === 'include') expect(both.get(item)!.says).toBe('include')
      }),
      { numRuns: 100 },
    )
  })

  test('the same proposal again is no difference', () => {
    fc.assert(
      fc.property(answers(true), (some) => {
        const now = propose(guide, [some])
        const stored = [...now].map(([item, proposal]) => ({ item, proposal }))
        expect(differences(stored, propose(guide, [some]))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})
