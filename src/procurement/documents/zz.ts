import { writeFileSync } from 'node:fs'
import { aComparison, aSheet } from '#test/documents.ts'
import { fillDocument } from './fill-document.ts'
import { stampOf } from './digest-of.ts'
const sheet = aSheet({ sentences: 3 })
const comparison = aComparison(sheet, 4)
for (const language of ['ja', 'en'] as const)
  for (const kind of ['specification-annex', 'contract-annex', 'evaluation-record'] as const) {
    const t = performance.now()
    const b = await fillDocument(kind, {
      sheet,
      comparison,
      language,
      internal: true,
      guideline:
        language === 'ja'
          ? '行政の進化と革新のための生成AIの調達・利活用に係るガイドライン（DS-920）第1.0版'
          : 'The Guideline for Japanese Governments’ Procurements and Utilizations of Generative AI (DS-920), edition 1.0',
      stamp: stampOf(kind, sheet, comparison),
      at: new Date('2026-11-22T00:00:00Z'),
    })
    console.log(kind, language, performance.now() - t)
    writeFileSync(`/tmp/f/d/${kind}-${language}.docx`, b)
  }
