import { describe, expect, it } from 'vitest'

import { fieldIds, fieldOf } from '#register/fields.ts'
import { fields as en } from '#register/words/en.ts'
import { fields as ja } from '#register/words/ja.ts'

import { codeTable, wordsTable } from './words-table.ts'

describe.each([
  ['ja', ja],
  ['en', en],
])('the sheet for people [%s]', (_language, words) => {
  it('has one word per code and one head per column, so that the code table leads back', () => {
    const [heads = []] = wordsTable([], words)
    expect(new Set(heads).size).toBe(heads.length)
    const table = codeTable(words).slice(1)
    for (const id of fieldIds.filter((one) => fieldOf(one).codes !== undefined)) {
      const own = table.filter(([, field, word]) => field === id && word !== '')
      expect(own.map(([, , , code]) => code)).toEqual(fieldOf(id).codes)
      expect(new Set(own.map(([, , word]) => word)).size, id).toBe(own.length)
    }
  })

  it('says every state of absence in a word of its own, with what is known of it', () => {
    const record = {
      meta: { number: 'AOB-0001', verdict: 'not-reported', demo: 'no' },
      facts: {
        name: { value: '会議録の要約' },
        stage: { value: 'operation' },
        ismap: { absent: 'waived', by: '統括責任者', why: '試行' },
        technology: { value: ['generative-text', 'agent'] },
        models: { absent: 'unknown', note: '照会中', since: '2026-11-06' },
      },
    } as const
    const [heads = [], row = []] = wordsTable([record], words)
    const cell = (head: string) => row[heads.indexOf(head)]
    expect(cell(words.labels.stage)).toBe(words.codes.stage.operation)
    expect(cell(words.labels.ismap)).toBe(`${words.absences.waived}（統括責任者、試行）`)
    expect(cell(words.labels.models)).toBe(`${words.absences.unknown}（照会中、2026-11-06）`)
    expect(cell(words.labels.purpose)).toBe(words.absences.unanswered)
    expect(cell(words.labels.technology)).toBe(
      `${words.codes.technology['generative-text']}、${words.codes.technology.agent}`,
    )
    expect(cell(words.columns.verdict)).toBe(words.verdicts['not-reported'])
  })
})
