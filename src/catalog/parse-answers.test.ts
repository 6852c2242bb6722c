import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { parseAnswers } from './parse-answers.ts'
import { loadText, spoiled } from './tea.test-support.ts'

function compiled(text: string) {
  const read = loadText(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return compile(read.catalog)
}

test('each way in which an answer can be wrong has its code; what is right is kept', () => {
  const c = compiled(
    spoiled(
      'integer: true',
      'integer: true\n  - { id: day, kind: date, title: { ja: 日, en: Day }, min: 2025-01-01 }\n  - { id: words, kind: text, title: { ja: 文, en: Text }, max-length: 2 }\n  - { id: many, kind: multiple, title: { ja: 多, en: Many }, options: [{ id: a, title: { ja: a, en: a } }, { id: none, exclusive: true, title: { ja: n, en: n } }] }',
    ),
  )
  const codes = (json: unknown): string[] => parseAnswers(c, json).faults.map((f) => `${f.question} ${f.code}`)
  expect(codes([])).toEqual([' answers-not-an-object'])
  expect(
    codes({ kettle: 'maybe', cups: 'six', day: '2025-02-30', words: 'abc', many: ['a', 'none'], spoon: 1 }),
  ).toEqual([
    'kettle no-such-option',
    'cups wrong-answer-type',
    'day no-such-day',
    'words too-long',
    'many exclusive-with-others',
    'spoon no-such-question',
  ])
  expect(codes({ cups: 99, day: '2024-12-31', many: ['a', 'a'] })).toEqual([
    'cups out-of-range',
    'day out-of-range',
    'many option-twice',
  ])
  expect(codes({ cups: 1.5, many: 'a' })).toEqual(['cups not-whole', 'many wrong-answer-type'])
  // Two characters outside the basic plane are two characters.
  expect(parseAnswers(c, { kettle: 'no', words: '𠮷𠮷', many: [], day: null, cups: { unknown: true } })).toEqual({
    answers: { kettle: 'no', words: '𠮷𠮷', many: [], cups: { unknown: true } },
    faults: [],
  })
})

test('a wrong answer to an optional question is not known, not blank', () => {
  const c = compiled(
    spoiled(
      '{ label: hot }',
      '{ question: cups, answered: false }',
      spoiled('integer: true', 'integer: true\n    optional: true'),
    ),
  )
  expect(evaluate(c, { kettle: 'yes' }).outcome).toBe('pour')
  const { answers } = parseAnswers(c, { kettle: 'yes', cups: 'six' })
  expect(answers).toEqual({ kettle: 'yes', cups: { unknown: true } })
  expect(evaluate(c, answers).outcome).toBe('cannot-decide')
})
