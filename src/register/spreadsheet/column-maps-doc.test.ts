import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { fieldIds, fieldOf } from '#register/fields.ts'
import { fields as en } from '#register/words/en.ts'
import { fields as ja } from '#register/words/ja.ts'

type Words = {
  labels: Readonly<Record<string, string>>
  codes: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const readings: Readonly<Record<string, string>> = { 'long-text': 'text', supplier: 'text, list', models: 'text, list' }

/** One line per field: its id, what it is called, how it is read, and its codes with their words. */
function fieldTable(heads: readonly string[], words: Words): string {
  const rows = fieldIds.map((id) => {
    const { kind, codes = [] } = fieldOf(id)
    const list = codes.map((code) =>
      `\`${code}\` ${words.codes[id]?.[code] ?? words.codes['yes-no']?.[code] ?? ''}`.trim(),
    )
    return [`\`${id}\``, words.labels[id] ?? '', readings[kind] ?? kind, list.join(', ')]
  })
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

test.each([
  ['docs/ja/column-maps.md', ['項目', '名前', '読み方', '符号'], ja as Words],
  ['docs/en/column-maps.md', ['Field', 'Name', 'Read as', 'Codes'], en as Words],
])('%s lists every field and code that a map may name', (file, heads, words) => {
  const table = fieldTable(heads, words)
  const text = readFileSync(file, 'utf8')
  const marked = /<!-- fields -->\n\n([\s\S]*?)\n\n<!-- end -->/
  if (process.env['TENBIN_DUMP'] === 'yes')
    writeFileSync(
      file,
      text.replace(marked, () => `<!-- fields -->\n\n${table}\n\n<!-- end -->`),
    )
  else expect(marked.exec(text)?.[1]).toBe(table)
})
