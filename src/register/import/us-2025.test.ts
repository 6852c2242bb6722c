import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { makeExport } from '#register/export/make-export.ts'
import { readFile } from '#register/spreadsheet/read-file.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { countAll, importFile } from '#test/imports.ts'
import { make } from '#test/people.ts'

/** A real inventory, too large to be kept in the project: OMB, 2025 Federal Agency AI Use Case Inventory (public domain). */
const folder = '../shared/data/us-2025'
const here = existsSync(folder)
if (!here)
  process.stderr.write(
    `!! SKIPPED / 省略: ${folder} is not here; the import of the US 2025 inventory was not tried` + '\n',
  )

const trimmed = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1))

async function importAndGiveBack(database: Database, fileName: string, map: string) {
  const { deps } = await appOn(database)
  const ministry = await make.organisation(database.db, 'United States')
  const actor = await make.person(database.db, ministry)
  const bytes = readFileSync(`${folder}/${fileName}`)
  const original = await readFile(fileName, bytes)
  const { done, id } = await importFile(deps, actor, bytes, { fileName, map })
  const give = async (format: 'csv' | 'xlsx') => {
    const asked = { profile: 'round-trip', format, importId: id, encoding: 'utf-8-bom', language: 'ja' } as const
    const { content } = await makeExport(deps, actor, { ...asked, harmless: false })
    return (await readFile(`x.${format}`, content)).rows
  }
  return { done, original, give, counts: await countAll(deps.db), again: () => importFile(deps, actor, bytes, { map }) }
}

describe.skipIf(!here)('the US inventory of 2025', () => {
  onEachEngine('is imported', (database) => {
    it('with all 3,611 rows accounted for, and comes back cell for cell', { timeout: 240_000 }, async () => {
      const file = '2025_individually_reported_AI_use_cases.csv'
      const { done, original, give, counts, again } = await importAndGiveBack(database(), file, 'omb-2025')
      expect(done).toMatchObject({ state: 'done', rows: 3611, encoding: 'utf-8-bom' })
      expect(done.stored + done.rejected).toBe(3611)
      expect(counts).toMatchObject({ import_row: 3611, ai_system: done.stored })
      expect(await give('csv')).toEqual(original.rows)
      expect(trimmed(await give('xlsx'))).toEqual(trimmed(original.rows))
      expect((await again()).already).toBe(true)
    })

    it.each(['csv', 'xlsx'])('of products off the shelf, from %s', { timeout: 120_000 }, async (ending) => {
      const file = `2025_consolidated_COTS_AI_use_cases.${ending}`
      const { done, original, give, counts } = await importAndGiveBack(database(), file, 'omb-2025-cots')
      expect(done.state).toBe('done')
      expect(done.rows).toBeGreaterThan(100)
      expect(done.stored + done.rejected).toBe(done.rows)
      expect(counts.import_row).toBe(done.rows)
      expect(trimmed(await give('csv'))).toEqual(trimmed(original.rows))
      expect(trimmed(await give('xlsx'))).toEqual(trimmed(original.rows))
    })
  })
})
