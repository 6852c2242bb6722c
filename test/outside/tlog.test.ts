import { spawn, spawnSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Consistency, Inclusion, LogEntry } from '#audit/api.ts'
import { verifierKey, verifierOf } from '#audit/checkpoint.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'

/** Where Debian puts the sources of golang-golang-x-mod-dev. */
const gopath = process.env['TENBIN_GOPATH'] ?? '/usr/share/gocode'
const hasGo =
  spawnSync('go', ['version']).status === 0 && existsSync(join(gopath, 'src/golang.org/x/mod/sumdb/tlog/tlog.go'))
if (!hasGo)
  process.stderr.write(
    '\n!! SKIPPED / 省略: outside check of the log\n!! no Go, or no golang.org/x/mod (Debian: apt-get install golang-go golang-golang-x-mod-dev).\n',
  )

/** golang.org/x/mod/sumdb, not written by us, reads what a running server publishes: checkpoint, tiles, proofs. */
describe.skipIf(!hasGo)('golang.org/x/mod/sumdb', () => {
  let server: Running
  let who: SignedIn
  let cookie = ''
  const away = mkdtempSync(join(tmpdir(), 'tenbin-outside-'))
  const program = join(away, 'tlog-check')

  beforeAll(async () => {
    const built = spawnSync('go', ['build', '-o', program, 'test/outside/tlog-check.go'], {
      env: { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOCACHE: join(away, 'cache') },
      encoding: 'utf8',
    })
    expect(built.stderr).toBe('')
    server = await startServer()
    who = await signIn(server.address, 'auditor')
    cookie = who.cookie
  })
  afterAll(async () => {
    await server.stop()
    rmSync(away, { recursive: true, force: true })
  })

  const json = async <T>(path: string): Promise<T> => {
    const answer = await who.get(path)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.json()) as T
  }
  const checkpoint = async () => (await fetch(`${server.address}/log/checkpoint`)).text()
  /** The key out of its file: nothing the server says is taken for granted. */
  const key = async () => {
    const name = (await checkpoint()).split('\n')[0]!
    return verifierKey(verifierOf({ name, key: createPrivateKey(readFileSync(join(server.dataDir, 'log-key.pem'))) }))
  }
  /** Until everything that was done is signed. */
  async function settled(): Promise<number> {
    for (;;) {
      const { size, signed, waiting } = await json<{ size: number; signed: { size: number }; waiting: boolean }>(
        '/api/v1/log/state',
      )
      if (!waiting && signed?.size === size) return size
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  async function question() {
    const size = await settled()
    const { items } = await json<{ items: LogEntry[] }>('/api/v1/log?limit=12')
    const inclusion: Inclusion[] = []
    for (const { id } of items)
      inclusion.push(await json(`/api/v1/log/proof/inclusion?kind=audit_entry&row=${id}&size=${size}`))
    const consistency: Consistency[] = []
    for (const old of [1, 2, 255, 256, 257, 300, size - 1, size].filter((n) => n >= 1 && n <= size))
      consistency.push(await json(`/api/v1/log/proof/consistency?old=${old}&new=${size}`))
    return { inclusion, consistency, size }
  }
  function ask(asked: object, keys: readonly string[]): Promise<{ status: number | null; out: string; said: string }> {
    const child = spawn(program, [`${server.address}/log`, ...keys])
    let [out, said] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdin.end(JSON.stringify({ cookie, ...asked }))
    return new Promise((done) => child.on('close', (status) => done({ status, out, said })))
  }

  it('accepts checkpoint, tiles, leaves, inclusion and consistency proofs of the server', async () => {
    const asked = await question()
    const { status, out, said } = await ask(asked, [await key()])
    expect([said, status]).toEqual(['', 0])
    const seen = JSON.parse(out) as Record<string, number>
    // What the house does by itself (its daily jobs) may have been added since.
    expect(seen).toMatchObject({ entries: seen['size'], inclusion: asked.inclusion.length })
    expect(seen['size']).toBeGreaterThanOrEqual(asked.size)
    expect(seen['inclusion']).toBeGreaterThan(5)
    expect(seen['consistency']).toBeGreaterThan(5)
    expect(seen['tiles']).toBeGreaterThan(1)
    process.stderr.write(`outside check of the log: ${out}`)
  })
  it('refuses a wrong proof, a leaf that is not there, and another key', async () => {
    const { inclusion, consistency } = await question()
    const good = await key()
    const [one, two] = [inclusion[0]!, inclusion[1]!]
    const wrong = [
      { inclusion: [{ ...one, leaf: two.leaf }], consistency: [] },
      { inclusion: [{ ...one, index: two.index }], consistency: [] },
      { inclusion: [{ ...one, proof: one.proof.toReversed() }], consistency: [] },
      { inclusion: [], consistency: [{ ...consistency.at(-2)!, oldRoot: consistency.at(-1)!.oldRoot }] },
    ]
    for (const asked of wrong) expect(await ask(asked, [good])).toMatchObject({ status: 1, out: '' })
    const { said } = await ask({ inclusion: [], consistency: [] }, ['other.example/log+c0ffee00+AA=='])
    expect(said).not.toBe('')
  })
})
