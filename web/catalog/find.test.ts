import { describe, expect, it } from 'vitest'

import { finds, textsIn } from './find.ts'

const item = {
  id: 'p-07',
  title: { ja: '情報セキュリティ対策', en: 'Security measures', provenance: 'official' },
  evidence: [{ ja: 'ＩＳＭＡＰの登録' }],
  provenance: { ja: 'preset', en: 'official' },
}

describe('the search within an edition', () => {
  it('finds an item by its texts in either language and by its id', () => {
    for (const words of ['セキュリティ', 'security', 'p-07', 'ismap']) expect(finds(item, words)).toBe(true)
    expect(finds(item, '契約')).toBe(false)
  })

  it('wants every word, in any order', () => {
    expect(finds(item, '登録　セキュリティ')).toBe(true)
    expect(finds(item, '登録 契約')).toBe(false)
  })

  it('shows everything while nothing is sought', () => {
    expect(finds(item, '  ')).toBe(true)
  })

  it('does not find an item by the mark it carries', () => {
    expect(finds(item, 'preset')).toBe(false)
    expect(textsIn({ provenance: 'official' })).toEqual([])
  })
})
