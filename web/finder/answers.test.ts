import { describe, expect, it } from 'vitest'

import { differsFromRegister, moved, sameAnswers, startOf, withAnswer } from './answers.ts'

const fact = { value: 'yes' }
const assessment = (
  answers: Record<string, string | { unknown: true }>,
  staleFacts: { field: string; at: string }[] = [],
) => ({ answers, edition: '1.0', staleFacts }) as unknown as NonNullable<Parameters<typeof startOf>[0]['current']>
const prefilled = {
  users: { answer: 'outside', field: 'users-kind', fact },
  harm: { answer: 'limited', field: 'error-harm', fact },
}

describe('where a person starts to answer', () => {
  it('is what the register knows when nothing was weighed yet', () => {
    expect(startOf({ draft: null, current: null, prefilled })).toEqual({ users: 'outside', harm: 'limited' })
  })

  it('is the draft, untouched by the register, when there is one', () => {
    const draft = { answers: { users: 'own' }, at: '2026-11-20T00:00:00Z' }
    expect(startOf({ draft, current: null, prefilled })).toEqual({ users: 'own' })
  })

  it('keeps the answers of the last assessment and fills what it left open from the register', () => {
    const current = assessment({ users: 'own', harm: { unknown: true } })
    expect(startOf({ draft: null, current, prefilled })).toEqual({ users: 'own', harm: 'limited' })
  })

  it('takes a fact that changed since the assessment from the register', () => {
    const current = assessment({ users: 'own', harm: 'none' }, [{ field: 'users-kind', at: '2026-11-20T00:00:00Z' }])
    expect(startOf({ draft: null, current, prefilled })).toEqual({ users: 'outside', harm: 'none' })
  })

  it('does not carry answers over to another edition, whose questions may mean something else', () => {
    expect(startOf({ draft: null, current: assessment({ users: 'own' }), prefilled }, '2.0')).toEqual({
      users: 'outside',
      harm: 'limited',
    })
  })
})

describe('answers', () => {
  it('that are cleared are gone, not empty', () => {
    expect(withAnswer({ a: 'x', b: ['y'] }, 'b', [])).toEqual({ a: 'x' })
    expect(withAnswer({ a: 'x' }, 'a', undefined)).toEqual({})
  })

  it('with several options are the same in any order', () => {
    expect(sameAnswers({ a: ['x', 'y'] }, { a: ['y', 'x'] })).toBe(true)
    expect(sameAnswers({ a: 'x' }, { a: { unknown: true } })).toBe(false)
  })

  it('that are not known are never brought back to the register', () => {
    expect(differsFromRegister({ users: { unknown: true } }, prefilled, ['users', 'harm'])).toEqual([])
  })

  it('that differ from the register, or that it did not have, can be brought back', () => {
    const answers = { users: 'own', harm: 'limited', new: 'yes' }
    expect(differsFromRegister(answers, prefilled, ['users', 'harm', 'new'])).toEqual(['users', 'new'])
  })
})

describe('what the last answers changed', () => {
  it('names the answer that moved the verdict and those after it that did not', () => {
    const by = { question: 'c', from: 'cannot-decide', to: 'consult-board', matter: [] }
    const idle = { question: 'd', from: 'consult-board', to: 'consult-board', matter: [] }
    expect(
      moved([{ question: 'a', from: 'cannot-decide', to: 'cannot-decide', matter: ['c'] }, by, idle, idle]),
    ).toEqual({
      by,
      idle: ['d'],
    })
  })

  it('names no answer while none moved it', () => {
    expect(moved([{ question: 'a', from: 'x', to: 'x', matter: [] }])).toEqual({ by: undefined, idle: ['a'] })
    expect(moved([])).toEqual({ by: undefined, idle: [] })
  })
})
