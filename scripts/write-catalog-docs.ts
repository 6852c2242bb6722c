import { mkdirSync, writeFileSync } from 'node:fs'
import { combinationsMarkdown } from '#catalog/combinations.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import { catalogSchemaText } from '#catalog/schema.ts'

/** Writes the files under docs/ that are generated from the catalogs: the JSON Schema and the table of all combinations. */
const read = loadCatalog('catalogs/ds-920-1.0')
if (!read.ok) throw new Error(JSON.stringify(read.faults, null, 1))
writeFileSync('docs/catalog.schema.json', catalogSchemaText())
for (const language of ['ja', 'en'] as const) {
  mkdirSync(`docs/${language}`, { recursive: true })
  writeFileSync(`docs/${language}/high-risk-finder-combinations.md`, combinationsMarkdown(read.catalog, language) ?? '')
}
