import { sql } from 'kysely'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { type Database, openEmbeddedDatabase } from './database.ts'

let home: string
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'tenbin-embedded-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

const answer = async (database: Database) => (await sql<{ n: number }>`select 1 as n`.execute(database.db)).rows[0]!.n

it('makes the database beside its folder and moves it there when it is whole', async () => {
  const folder = join(home, 'database')
  // What a first start that was broken off leaves behind is thrown away.
  mkdirSync(`${folder}.making`)
  writeFileSync(join(`${folder}.making`, 'PG_VERSION'), 'half')
  const database = await openEmbeddedDatabase(folder)
  expect(await answer(database)).toBe(1)
  expect(existsSync(`${folder}.making`)).toBe(false)
  await database.close()
  const again = await openEmbeddedDatabase(folder)
  expect(await answer(again)).toBe(1)
  await again.close()
})

it('opens one folder once, and again when it was closed', async () => {
  const folder = join(home, 'database')
  const database = await openEmbeddedDatabase(folder)
  await expect(openEmbeddedDatabase(folder)).rejects.toMatchObject({
    code: 'unavailable',
    params: { reason: 'folder-in-use', pid: process.pid },
  })
  expect(await answer(database)).toBe(1)
  await database.close()
})
