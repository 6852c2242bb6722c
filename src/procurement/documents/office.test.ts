import { expect, it } from 'vitest'

import { aComparison, anOwnTender, aSheet } from '#test/documents.ts'
import { convertWithOffice, describeWithOffice, pagesOf } from '#test/soffice.ts'

import type { Composing } from './composing.ts'
import { stampOf } from './digest-of.ts'
import { compareForm } from './excel/compare-form.ts'
import { answerSheetForm, checkSheetForm, comparisonForm, contractSheetForm } from './excel/forms.ts'
import { readForm } from './excel/read-form.ts'
import { writeForm } from './excel/write-form.ts'
import { fillDocument } from './fill-document.ts'
import { pagesByLink } from './pdf/read-pages.ts'

const sheet = aSheet()
const given = (language: 'ja' | 'en'): Composing => ({
  sheet,
  comparison: aComparison(sheet),
  language,
  internal: true,
  ministry: { ja: 'みどり庁', en: 'Midori Agency' },
  guideline: 'DS-920',
  sourceTitle: (id) => id,
  stamp: stampOf('specification-annex', sheet, undefined),
  at: new Date('2026-11-22T00:00:00Z'),
})

describeWithOffice('LibreOffice, which is not ours,', () => {
  it.each([
    ['specification-annex', 'ja'],
    ['contract-annex', 'en'],
    ['evaluation-record', 'ja'],
  ] as const)(
    'opens the %s in %s, with every placeholder filled and a page of contents that tells the truth',
    async (kind, language) => {
      const first = convertWithOffice(await fillDocument(kind, given(language)), 'docx', 'pdf')
      const pages = pagesByLink(first)
      expect(pages.size).toBeGreaterThan(3)
      const pdf = convertWithOffice(
        await fillDocument(kind, given(language), undefined, (entry) => pages.get(entry)),
        'docx',
        'pdf',
      )
      const text = pagesOf(pdf)
      expect(text.join('\n')).not.toMatch(/\{\{|\}\}/)
      for (const page of text) expect(page).toContain(sheet.number)
      for (const [entry, page] of pages) {
        const heading = entry.split('\u3000')[0]!.replace(/\s/g, '')
        expect(text[page - 1]!.replace(/\s/g, '')).toContain(heading)
      }
    },
    120_000,
  )

  it('saves each workbook again without changing a cell', async () => {
    for (const form of [
      checkSheetForm(sheet, 'ja'),
      contractSheetForm(sheet, 'en'),
      answerSheetForm(anOwnTender(sheet), 'ja'),
      comparisonForm(aComparison(sheet), 'ja'),
    ]) {
      const saved = convertWithOffice(await writeForm(form), 'xlsx', 'xlsx')
      const read = await readForm('保存し直し.xlsx', saved, form.kind)
      if (!read.ok) throw new Error(JSON.stringify(read.faults))
      expect(read.faults).toEqual([])
      expect(compareForm(form, read.form)).toMatchObject({ faults: [], differences: [] })
    }
  }, 120_000)
})
