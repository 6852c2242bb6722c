import { stampOf } from '#procurement/documents/digest-of.ts'
import { compareForm } from '#procurement/documents/excel/compare-form.ts'
import { checkSheetForm } from '#procurement/documents/excel/forms.ts'
import { readForm } from '#procurement/documents/excel/read-form.ts'
import { writeForm } from '#procurement/documents/excel/write-form.ts'
import { fillDocument } from '#procurement/documents/fill-document.ts'
import { aSheet } from '#test/documents.ts'
import { convertWithOffice, pagesOf } from '#test/soffice.ts'

import { atMost, type Row } from './row.ts'

/** All 21 items with texts long enough for 40 pages. */
const sheet = aSheet({ sentences: 27, included: true })

async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const ms: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await work()
    ms.push(performance.now() - from)
  }
  return ms.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

export async function* bench(): AsyncGenerator<Row> {
  const make = () =>
    fillDocument('specification-annex', {
      sheet,
      language: 'ja',
      internal: false,
      ministry: { ja: 'みどり庁', en: 'Midori Agency' },
      guideline: 'DS-920',
      sourceTitle: (id) => id,
      stamp: stampOf('specification-annex', sheet, undefined),
      at: new Date('2026-11-22T00:00:00Z'),
    })
  // The first one makes the template and loads its library.
  const from = performance.now()
  const docx = await make()
  const first = performance.now() - from
  const pages = pagesOf(convertWithOffice(docx, 'docx', 'pdf')).length
  const what = `Word annex of 21 items, 3 chapters, ${pages} pages`
  if (pages < 40) throw new Error(`the annex has ${pages} pages: make its texts longer`)
  yield atMost(`${what}, first`, first / 1000, 1, 's')
  yield atMost(`${what}, p50 of 15`, (await medianOf(15, make)) / 1000, 1, 's')
  const form = checkSheetForm(sheet, 'ja')
  const bytes = await writeForm(form)
  const read = await readForm('sheet.xlsx', bytes, 'check-sheet')
  const compared = read.ok ? compareForm(form, read.form) : undefined
  yield atMost(
    'Excel sheet out and in again unchanged, differences and faults',
    (compared?.differences.length ?? 1) + (compared?.faults.length ?? 1),
    0,
    'cells',
  )
  const round = await medianOf(5, async () => readForm('sheet.xlsx', await writeForm(form), 'check-sheet'))
  yield atMost('Excel sheet of 21 items written and read in its thread, p50 of 5', round / 1000, 2, 's')
}
