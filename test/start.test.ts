import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { tenbin } from '#test/tenbin.ts'

const running: Running[] = []
const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-start-'))
  folders.push(folder)
  return folder
}
const start = async (dataDir: string, more: Parameters<typeof startServer>[0] = {}) => {
  const server = await startServer({ dataDir, ...more })
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.kill('SIGKILL')
})
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
const total = async (who: SignedIn) => (await json<{ total: number }>(who.get('/api/v1/uses/count'))).total
type Progress = { progress: { done: number } | null }

/** Long enough to be met while it runs. */
const longCsv = [
  'システム名称,所管部署,目的・概要',
  ...Array.from({ length: 6000 }, (_, i) => `要約支援${i},総務課,${'通知文を短くまとめる。'.repeat(20)}`),
].join('\n')

/** Begins an import and waits until rows have been written. */
async function importUnderway(server: Running, who: SignedIn): Promise<string> {
  const { sha256 } = await json<{ sha256: string }>(
    who.upload('/api/v1/import-files', '台帳.csv', Buffer.from(longCsv)),
  )
  const body = { sha256, fileName: '台帳.csv' }
  const { id } = await json<{ id: string }>(who.send('POST', '/api/v1/imports', body))
  for (;;) {
    const { progress } = await json<Progress>(who.get(`/api/v1/imports/${id}/progress`))
    if (!progress) throw new Error(`the import was over before it could be broken off\n${server.printed()}`)
    if (progress.done > 0) return id
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('the first start', () => {
  it('makes the database, puts in the demonstration and says where to go; a second start on the same data is refused', async () => {
    const dataDir = newFolder()
    const server = await start(dataDir)
    expect(server.printed()).toContain(server.address)
    const who = await signIn(server.address, 'caio')
    expect(await json(who.get('/api/v1/demo'))).toMatchObject({ present: true, counts: { systems: 60 } })
    const second = startServer({ dataDir, env: { LANG: 'ja_JP.UTF-8' } })
    await expect(second).rejects.toThrow(/ended with 1[\s\S]*プロセス \d+/)
    await expect(startServer({ dataDir, env: { LANG: 'en_GB.UTF-8' } })).rejects.toThrow(
      /is in use by a running Tenbin/,
    )
    // The first is not disturbed by that.
    expect((await fetch(`${server.address}/healthz`)).ok).toBe(true)
    const removed = await tenbin(['demo', 'remove', '--json'], { dataDir })
    expect(removed.exit).toBe(0)
    const after = await signIn(server.address, 'caio')
    expect(await json(after.get('/api/v1/demo'))).toMatchObject({ present: false, total: 0 })
    // What was removed does not come back by a restart.
    expect(await server.kill('SIGTERM')).toBe(0)
    const again = await start(dataDir)
    expect(await total(await signIn(again.address, 'caio'))).toBe(0)
  })

  it('with --no-demo founds an office with one person for each role, and nothing else', async () => {
    const server = await start(newFolder(), { args: ['--no-demo'] })
    const { people } = await json<{ people: { roles: string[] }[] }>(fetch(`${server.address}/api/v1/people`))
    expect(people.flatMap((p) => p.roles).toSorted()).toEqual(
      ['administrator', 'auditor', 'board', 'caio', 'desk', 'planner', 'provider', 'user'].toSorted(),
    )
    expect(await total(await signIn(server.address, 'caio'))).toBe(0)
  })

  it('refuses to let others reach the evaluation sign-in, unless that is said', async () => {
    const dataDir = newFolder()
    const open = { HOST: '0.0.0.0', LANG: 'en_GB.UTF-8' }
    await expect(startServer({ dataDir, env: open })).rejects.toThrow(/TENBIN_ALLOW_REMOTE_EVALUATION=yes/)
    expect(existsSync(join(dataDir, 'database'))).toBe(false)
    const allowed = await start(dataDir, {
      args: ['--no-demo'],
      env: { ...open, TENBIN_ALLOW_REMOTE_EVALUATION: 'yes' },
    })
    expect((await fetch(`${allowed.address}/healthz`)).ok).toBe(true)
  })
})

describe('the end', () => {
  it('on SIGTERM is clean, and the data folder is free again', async () => {
    const dataDir = newFolder()
    const server = await start(dataDir, { args: ['--no-demo'] })
    expect(await server.kill('SIGTERM')).toBe(0)
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false)
    expect(existsSync(join(dataDir, 'tenbin.sock'))).toBe(false)
  })

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'by %s in the middle of an import leaves nothing half imported',
    async (signal) => {
      const dataDir = newFolder()
      // Without time to end it, the import is cancelled; test/processes.test.ts has one that may end.
      const server = await start(dataDir, { args: ['--no-demo'], env: { TENBIN_STOP_WITHIN_SECONDS: '0' } })
      const id = await importUnderway(server, await signIn(server.address, 'caio'))
      expect(await server.kill(signal)).toBe(signal === 'SIGTERM' ? 0 : null)
      const again = await start(dataDir)
      const who = await signIn(again.address, 'caio')
      const end = await json<{ state: string; stored: number; error: { code: string } | null }>(
        who.get(`/api/v1/imports/${id}`),
      )
      expect(end).toMatchObject(
        signal === 'SIGKILL' ? { state: 'failed', error: { code: 'interrupted' }, stored: 0 } : { stored: 0 },
      )
      expect(['failed', 'cancelled']).toContain(end.state)
      expect(await total(who)).toBe(0)
      const rows = await json<{ items: unknown[] }>(who.get(`/api/v1/imports/${id}/rows`))
      expect(rows.items).toEqual([])
    },
  )
})
