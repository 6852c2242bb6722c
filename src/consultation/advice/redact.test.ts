import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { adoptionReasons, conditionDeeds, conditionStates, isOverdue, stateAfter } from './model.ts'
import { publicParts, redact } from './redact.ts'

const head = { title: '件名', about: '対象' }
const line = fc.string({
  minLength: 1,
  maxLength: 12,
  unit: fc.constantFrom('審', '査', '助', 'A', 'b', 'Ａ', ' ', '１', '-'),
})
const advised = fc.record({
  text: fc.record({
    ja: fc.array(line, { maxLength: 4 }).map((all) => all.join('\n')),
    en: fc.array(line, { maxLength: 4 }).map((all) => all.join('\n')),
  }),
  conditions: fc.array(
    fc.record({
      text: fc.record({ ja: line, en: fc.oneof(fc.constant(''), line) }),
      evidenceWanted: fc.oneof(fc.constant(''), line),
      dueOn: fc.constantFrom(null, '2026-12-25', '2027-02-26'),
      owner: fc.oneof(fc.constant(''), line),
      position: fc.constant(0),
    }),
    { maxLength: 4 },
  ),
})
const numbered = advised.map(({ text, conditions }) => ({
  text,
  conditions: conditions.map((c, i) => ({ ...c, position: i + 1 })),
}))
const bare = (text: string) => text.normalize('NFKC').replace(/\s/gu, '').toLowerCase()

describe('advice with parts withheld', () => {
  it('never holds a line that was withheld, however it is written elsewhere', () => {
    fc.assert(
      fc.property(numbered, fc.infiniteStream(fc.boolean()), (advice, coins) => {
        const parts = publicParts(advice)
        const hidden = parts.filter(() => coins.next().value === true)
        const withheld = hidden.map(({ id }) => ({ part: id, reason: '理由' }))
        const result = redact(parts, withheld, head)
        if (!result.ok) return
        // Line by line, since two lines that follow each other say nothing together; the words of the frame are no part
        // of the advice.
        const frame = /【非公開】\(理由:理由\)|条件\d+|担当:|期限:|終わったと認める証跡:/g
        const told = result.content
          .split('\n')
          .map((one) => bare(one).replaceAll(frame, '\n'))
          .join('\n')
        for (const { text } of hidden)
          for (const one of text.split('\n').map(bare)) if (one !== '') expect(told).not.toContain(one)
      }),
    )
  })

  it('goes out whole when nothing is withheld', () => {
    fc.assert(
      fc.property(numbered, (advice) => {
        const result = redact(publicParts(advice), [], head)
        expect(result.ok).toBe(true)
        if (result.ok) for (const { text } of publicParts(advice)) expect(result.content).toContain(text)
      }),
    )
  })

  it('is held back while a withheld text stands in another part, in the title or in a reason, and says where', () => {
    const advice = {
      text: { ja: '内部の手順\n内 部の手順を守る', en: '' },
      conditions: [],
    }
    const withheld = [{ part: 'paragraph-1', reason: '内部の手順のため' }]
    expect(redact(publicParts(advice), withheld, { ...head, about: '内部の手順' })).toEqual({
      ok: false,
      leaks: [
        { part: 'paragraph-1', where: 'about' },
        { part: 'paragraph-1', where: 'reason:paragraph-1' },
        { part: 'paragraph-1', where: 'paragraph-2' },
      ],
    })
  })

  it('withholds both languages of a paragraph together where there are as many, and offers English as one part else', () => {
    const both = publicParts({ text: { ja: '一\n二', en: 'one\ntwo' }, conditions: [] })
    expect(both.map(({ text }) => text)).toEqual(['一\none', '二\ntwo'])
    const uneven = publicParts({ text: { ja: '一\n二', en: 'all of it' }, conditions: [] })
    expect(uneven.map(({ id }) => id)).toEqual(['paragraph-1', 'paragraph-2', 'paragraph-en-1'])
  })
})

describe('a condition', () => {
  it('is overdue from the day after its day, and only while it is open or reported', () => {
    for (const state of conditionStates) {
      const open = state === 'open' || state === 'reported'
      expect(isOverdue({ state, dueOn: '2026-12-25' }, '2026-12-25')).toBe(false)
      expect(isOverdue({ state, dueOn: '2026-12-25' }, '2026-12-26')).toBe(open)
      expect(isOverdue({ state, dueOn: null }, '2099-01-01')).toBe(false)
    }
  })

  it('that is met or withdrawn is done with for good', () => {
    for (const state of ['met', 'withdrawn'] as const)
      for (const deed of conditionDeeds) expect(stateAfter(state, deed)).toBeUndefined()
  })

  it('becomes met only by settling a report', () => {
    for (const state of conditionStates)
      for (const deed of conditionDeeds)
        if (stateAfter(state, deed) === 'met') expect([state, deed]).toEqual(['reported', 'settle'])
  })
})

describe('adoption', () => {
  it('asks for what the preset asks for and nothing else', () => {
    const before = {
      caseState: 'submitted',
      state: 'draft' as const,
      undeclared: [{ personId: 'a', since: '2026-11-01T00:00:00Z' }],
      opinions: 0,
      textJa: '',
      chair: true,
    }
    expect(adoptionReasons({ everyDeclaration: false, opinions: 0, text: false }, before)).toEqual([])
    const codes = adoptionReasons({ everyDeclaration: true, opinions: 2, text: true }, { ...before, chair: false })
    expect(codes.map(({ code }) => code)).toEqual([
      'declaration-missing',
      'opinion-missing',
      'text-missing',
      'not-chair',
    ])
  })
})
