import type { JudgedTable } from '#register/import/read-table.ts'

import type { Io } from '../command.ts'

/** How the file was understood: what was found out, and which column went where. */
export const howRead = ({ grid, table, proposed }: JudgedTable) => ({
  encoding: grid.encoding ?? null,
  delimiter: grid.delimiter ?? null,
  sheet: grid.sheet ?? null,
  headerRow: grid.rowNumbers[table.header.index] ?? 1,
  proposed,
  columns: table.columns.map(({ name, column, position }) => ({
    header: name,
    field: column?.field ?? (table.organisation.includes(position) ? 'organisation' : null),
  })),
  absentColumns: table.absentColumns,
  warnings: grid.warnings,
})
export type HowRead = ReturnType<typeof howRead>

/** Nobody has seen a proposed map before: the terminal shows what it does. */
export function proposalWords(columns: HowRead['columns'], language: Io['language']): string {
  const head = {
    ja: '合う対応表がないため、見出しから案を作りました。違うときは --profile で対応表を指定してください。',
    en: 'No column map fits; one was proposed from the headers. If it is wrong, name a map by --profile.',
  }[language]
  const none = { ja: '（原本にだけ残す）', en: '(kept in the original only)' }[language]
  return [head, ...columns.map((c) => `  ${c.header.replace(/\s+/g, ' ')} → ${c.field ?? none}`)].join('\n')
}
