import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type Running, startServer } from '#test/server.ts'
import { tenbin } from '#test/tenbin.ts'

// The commands as an office runs them: beside a server, and on another machine.

let home: string
let server: Running
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tenbin-backup-'))
  server = await startServer()
}, 150_000)
afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

it('a backup beside a running server is restored elsewhere, and there the log verifies', async () => {
  const file = join(home, 'backup.tar')
  const there = { dataDir: server.dataDir, language: 'en' } as const
  const made = await tenbin(['backup', file, '--with-key', '--json'], there)
  expect([made.exit, made.said]).toEqual([0, ''])
  const { rows, digest } = made.json() as { rows: number; digest: string }
  expect(rows).toBeGreaterThan(100)

  // Not over an earlier backup, and not under a server that runs.
  const again = await tenbin(['backup', file], there)
  expect([again.exit, again.said]).toEqual([1, expect.stringContaining('exists already')])
  const under = await tenbin(['restore', file, '--replace'], there)
  expect([under.exit, under.said]).toEqual([1, expect.stringContaining('in use by a running Tenbin')])

  const elsewhere = { dataDir: join(home, 'elsewhere'), language: 'en' } as const
  const restored = await tenbin(['restore', file, '--json'], elsewhere)
  expect([restored.exit, restored.json()]).toEqual([0, expect.objectContaining({ rows, digest, keys: 1 })])
  expect(existsSync(join(elsewhere.dataDir, 'log-key.pem'))).toBe(true)
  const verified = await tenbin(['audit', 'verify'], elsewhere)
  expect([verified.exit, verified.out]).toEqual([0, expect.any(String)])
  const second = await tenbin(['restore', file], elsewhere)
  expect([second.exit, second.said]).toEqual([1, expect.stringContaining('--replace')])
}, 240_000)
