import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { peakOf } from '#test/memory.ts'
import { startServer } from '#test/server.ts'

import { atMost, type Row } from './row.ts'

const file = '../shared/data/us-2025/2025_individually_reported_AI_use_cases.csv'
const rowsInFile = 3611
const name = 'import of the US 2025 inventory (3,611 × 35)'

type Run = { readonly seconds: number; readonly peakMb: number; readonly result: Record<string, unknown> }

/** `tenbin import` as a process of its own: from its start to its end, and the most memory it held. */
async function importOnce(dataDir: string): Promise<Run> {
  const from = performance.now()
  const child = spawn(process.execPath, ['src/cli/main.ts', 'import', file, '--profile', 'omb-2025', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TENBIN_DATA_DIR: dataDir, DATABASE_URL: '' },
  })
  const peak = peakOf(child.pid!)
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const ended = once(child, 'close')
  await once(child, 'exit')
  const seconds = (performance.now() - from) / 1000
  await ended
  return { seconds, peakMb: peak(), result: JSON.parse(out) as Record<string, unknown> }
}

/** On the embedded database with the demonstration content: reading, judging, storing, history, search index, log. */
export async function* bench(): AsyncGenerator<Row> {
  if (!existsSync(file)) {
    yield { name, value: null, unit: 's', target: '≤ 10 s', pass: null, note: `${file} is not here` }
    return
  }
  const runs: Run[] = []
  for (let i = 0; i < 3; i++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-bench-import-'))
    const server = await startServer({ dataDir })
    await server.kill('SIGTERM')
    const run = await importOnce(dataDir)
    const { rows, stored, rejected } = run.result as { rows: number; stored: number; rejected: number }
    if (rows !== rowsInFile || stored + rejected !== rows)
      throw new Error(`rows not accounted for: ${JSON.stringify(run.result)}`)
    runs.push(run)
    rmSync(dataDir, { recursive: true, force: true })
  }
  const middle = runs.toSorted((a, b) => a.seconds - b.seconds)[1]!
  yield atMost(`${name}, whole process`, middle.seconds, 10, 's')
  yield atMost(`${name}, most memory held`, Math.max(...runs.map((run) => run.peakMb)), 700, 'MB')
}
