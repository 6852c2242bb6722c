import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Running, startServer } from '#test/server.ts'
import { tenbin } from '#test/tenbin.ts'

describe('the log from the command line, beside a running server', () => {
  let server: Running
  const away = mkdtempSync(join(tmpdir(), 'tenbin-audit-'))
  const at = (name: string) => join(away, name)
  const run = (...words: string[]) => tenbin(['audit', ...words], { dataDir: server.dataDir })

  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(away, { recursive: true, force: true })
  })

  it('gives the checkpoint, rotates the key, exports, and is found sound by the file an auditor runs', async () => {
    const first = await run('checkpoint', '--out', at('kept'))
    expect([first.exit, first.out]).toEqual([0, ''])
    const rotated = await run('rotate-key', '--json')
    expect(rotated.exit, rotated.said).toBe(0)
    const { old } = rotated.json() as { old: string }
    const exported = await run('export', at('log'), '--json')
    expect(exported.exit, exported.said).toBe(0)
    const words = ['src/audit/verify/tenbin-verify.mjs', at('log'), '--key', old, '--checkpoint', at('kept'), '--json']
    const alone = spawnSync(process.execPath, words, { encoding: 'utf8' })
    const result = JSON.parse(alone.stdout) as Record<string, unknown>
    expect(result).toMatchObject({ ok: true, faults: [], size: (exported.json() as { size: number }).size })
    expect(alone.status).toBe(0)

    const offline = await run('verify', at('log'), '--key', old, '--checkpoint', at('kept'))
    expect([offline.exit, offline.out]).toEqual([
      0,
      expect.stringContaining('欠けた記録も、変えられた記録もありません。'),
    ])
    writeFileSync(at('log/withheld.jsonl'), '{"index":3,"kind":"change","row":"x"}\n')
    expect((await run('verify', at('log'), '--key', old)).exit).toBe(1)
  })
  it('verifies the running log, with and without an earlier checkpoint', async () => {
    expect((await run('verify')).out).toContain('前回のチェックポイントがない')
    const compared = await run('verify', '--checkpoint', at('kept'), '--json')
    expect(compared.json()).toMatchObject({ ok: true, since: [{ ok: true }], faults: [] })
    writeFileSync(at('other'), readFileSync(at('kept'), 'utf8').replace(/\n\d+\n/, '\n99999999\n'))
    const forged = await run('verify', '--checkpoint', at('other'), '--json')
    expect(forged.exit).toBe(1)
    expect((forged.json() as { counts: object }).counts).toHaveProperty('rolled-back')
  })
  it('gives the proof of an entry, which the file an auditor runs accepts', async () => {
    const rows = readFileSync(at('log/rows/audit_entry.jsonl'), 'utf8').split('\n')
    const { row } = JSON.parse(rows[5]!) as { row: string }
    expect((await run('proof', 'audit_entry', row, '--out', at('proof'))).exit).toBe(0)
    const { key } = (JSON.parse(readFileSync(at('log/keys.json'), 'utf8')) as { key: string }[]).at(-1)!
    const check = (file: string) =>
      spawnSync(process.execPath, ['src/audit/verify/tenbin-verify.mjs', '--proof', file, '--key', key], {
        encoding: 'utf8',
      })
    expect(check(at('proof'))).toMatchObject({ status: 0, stdout: expect.stringContaining(row) as unknown })
    writeFileSync(at('changed'), readFileSync(at('proof'), 'utf8').replace(/index \d+/, 'index 2'))
    expect(check(at('changed')).status).toBe(1)
  })
  it.each([
    ['a row that is not there', ['proof', 'change', '00000000-0000-4000-8000-000000000000'], 1],
    ['a kind that is none', ['proof', 'Change;', '00000000-0000-4000-8000-000000000000'], 2],
    ['an export without a key', ['verify', '.'], 2],
    ['a folder that is not there', ['verify', 'nowhere', '--key', 'x'], 1],
    ['a checkpoint that is not there', ['verify', '--checkpoint', 'nowhere'], 1],
  ])('words %s', async (_, words, exit) => {
    const ran = await run(...words)
    expect([ran.exit, ran.out]).toEqual([exit, ''])
    expect(ran.said).not.toMatch(/at .*\.ts:\d+/)
    expect(ran.said.length).toBeGreaterThan(5)
  })
  it('never writes into a folder that holds something', async () => {
    const ran = await run('export', away)
    expect(ran.exit).toBe(1)
    expect(existsSync(at('log.json'))).toBe(false)
  })
})
