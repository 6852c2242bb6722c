import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkReport } from './commands.ts'
import { combinations, combinationsMarkdown } from './combinations.ts'
import { loadCatalog } from './load-catalog.ts'
import { catalogSchemaText } from './schema.ts'

const guides = ['docs/catalog-authoring.md', 'docs/ja/catalog-authoring.md']
const examplesIn = (guide: string): string[] =>
  [...readFileSync(guide, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map((m) => m[1]!)

describe.each(guides)('%s', (guide) => {
  const examples = examplesIn(guide)

  test('has the four examples', () => {
    expect(examples.map((text) => /^id: (.*)$/m.exec(text)?.[1])).toEqual([
      'tea',
      'impact-assessment',
      'requirements',
      'which-rules',
    ])
  })

  test.each(examples.map((text, i) => [i + 1, text] as const))(
    'example %i loads, proves, and has a case for each rule',
    (_, text) => {
      const folder = mkdtempSync(join(tmpdir(), 'tenbin-'))
      try {
        const path = join(folder, 'example.yaml')
        writeFileSync(path, text)
        const report = checkReport(path, [])
        expect(report.catalogs.flatMap((c) => c.faults)).toEqual([])
        expect(
          report.catalogs
            .flatMap((c) => c.notes)
            .map((n) => n.code)
            .filter((code) => code !== 'one-language-only'),
        ).toEqual([])
        expect(report.ok).toBe(true)
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  )
})

test('both guides have the same examples', () => {
  expect(examplesIn(guides[1]!)).toEqual(examplesIn(guides[0]!))
})

describe('files made from the catalogs are current (scripts/write-catalog-docs.ts writes them)', () => {
  test('docs/catalog.schema.json', () => {
    expect(readFileSync('docs/catalog.schema.json', 'utf8')).toBe(catalogSchemaText())
  })

  test('the table of all combinations of the finder, in both languages', () => {
    const read = loadCatalog('catalogs/ds-920-1.0')
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    // 3 × 3 × 2 × 2 × 3 answers to the axes inside the scope; outside it every set of scope answers.
    expect(combinations(read.catalog)).toHaveLength(108 + 7)
    for (const language of ['ja', 'en'] as const)
      expect(readFileSync(`docs/${language}/high-risk-finder-combinations.md`, 'utf8')).toBe(
        combinationsMarkdown(read.catalog, language),
      )
  })
})
