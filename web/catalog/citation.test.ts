import { describe, expect, it } from 'vitest'

import type { Catalog } from '#catalog/model.ts'
import type { Text } from '#catalog/model-texts.ts'

import { citationOf, joined, weakest } from './citation.ts'

const catalog = {
  sources: [{ id: 'guideline', title: { ja: 'ガイドライン', en: 'Guideline' }, kind: 'official' }],
} as unknown as Catalog

describe('the citation of a text', () => {
  it('is the mark of the text itself before that of its item', () => {
    const text = { ja: 'あ', en: 'a', provenance: 'official', source: { document: 'guideline', at: 'p. 3' } } as const
    expect(citationOf(catalog, 'ja', text, { provenance: 'preset' })).toMatchObject({
      provenance: 'official',
      sources: [{ document: 'guideline', at: 'p. 3', item: { id: 'guideline' } }],
    })
  })

  it('is told language by language, because a translation is not the original', () => {
    const text = { ja: 'あ', en: 'a', provenance: { ja: 'preset', en: 'official' }, 'verify-first': true } as const
    expect(citationOf(catalog, 'ja', text)).toMatchObject({ provenance: 'preset', verifyFirst: true })
    expect(citationOf(catalog, 'en', text)).toMatchObject({ provenance: 'official', verifyFirst: false })
  })

  it('is a preset where nothing is said: nothing is official by default', () => {
    expect(citationOf(catalog, 'ja', { ja: 'あ' } satisfies Text as Text).provenance).toBe('preset')
  })

  it('carries the weaker mark when it stands on several, and names each place once', () => {
    const place = { document: 'guideline', at: 'p. 3', item: undefined }
    expect(
      joined([
        { provenance: 'official', sources: [place], verifyFirst: false },
        { provenance: 'secondary', sources: [place], verifyFirst: true },
      ]),
    ).toEqual({ provenance: 'secondary', sources: [place], verifyFirst: true })
    expect(weakest(['preset', 'official'])).toBe('preset')
  })
})
