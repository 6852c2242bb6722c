import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { dumpSchema } from '#test/dump-schema.ts'
import { onEachEngine } from '#test/engines.ts'

/** `npm run dump` sets this: the approved files are written anew, to be read in the commit. */
const write = process.env['TENBIN_DUMP'] === 'yes'

function approved(file: string, text: string): void {
  if (write) writeFileSync(file, text)
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text)
}

onEachEngine('the approved schema', (database) => {
  it('schema.sql is what the migrations make', async () => {
    approved('schema.sql', await dumpSchema(database().db))
  })
})

it('openapi.json is what the routes of the server say', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['test/support/print-openapi.ts'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(stderr).toBe('')
  const document = JSON.parse(stdout) as { openapi: string; paths: object }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths).length).toBeGreaterThan(20)
  approved('openapi.json', `${JSON.stringify(document, null, 2)}\n`)
})
