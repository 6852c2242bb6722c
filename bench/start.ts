import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '#test/server.ts'

import { atMost, median, type Row } from './row.ts'

async function answers(port: number, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (r) => r.ok,
      () => false,
    )
    if (ok) return
    await new Promise((r) => setTimeout(r, 10))
  }
  throw new Error(`no answer within ${limitMs} ms`)
}

const stop = async (server: ChildProcess) => {
  const ended = once(server, 'exit')
  process.kill(-server.pid!, 'SIGTERM')
  await ended
}

/** From the words `npm start` to the first answer, with demonstration content, on the embedded database. */
export async function* bench(): AsyncGenerator<Row> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-bench-start-'))
  const start = async () => {
    const port = await freePort()
    const from = performance.now()
    const server = spawn('npm', ['start'], {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, PORT: String(port), TENBIN_DATA_DIR: dataDir, DATABASE_URL: '' },
    })
    await answers(port, 120_000)
    const ms = performance.now() - from
    await stop(server)
    return ms / 1000
  }
  const first = await start()
  yield {
    name: 'start, first time (database made, demonstration content put in)',
    value: Math.round(first * 100) / 100,
    unit: 's',
    target: '–',
    pass: null,
  }
  const times = []
  for (let i = 0; i < 5; i++) times.push(await start())
  yield atMost('start, second run: npm start to first answer', median(times), 3, 's')
  rmSync(dataDir, { recursive: true, force: true })
}
