import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { type Signer, signCheckpoint, verifierKey, verifierOf } from '#audit/checkpoint.ts'
import { type Hash, leafHash, rootHash } from '#audit/merkle.ts'
import { appendLeaves, bundle, hashesFrom, indexPath, type Tile } from '#audit/tiles.ts'
import { peakOf } from '#test/memory.ts'

import { atMost, type Row } from './row.ts'

const entries = 1_000_000
const origin = 'bench.example/log'
const kinds = ['audit_entry', 'change', 'assessment'] as const

const uuidOf = (n: number) => `01940000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

/** An entry as the server makes them: an audit entry of about 500 bytes, a change of about 700. */
function entryOf(i: number) {
  const kind = kinds[i % 7 === 0 ? 2 : i % 2]!
  const row = uuidOf(i)
  const salt = sha256(`salt ${i}`)
  const people = { actor_id: uuidOf(i % 500), actor_role: 'planner', organisation_id: uuidOf(i % 1000) }
  const fact = { from: { value: `庁内文書の要約（第${i}版）` }, to: { value: `議事録の要約と点検（第${i + 1}版）` } }
  const fields = [{ scope: 'use', field: 'purpose', ...fact }]
  const text = JSON.stringify({ id: row, at: '2026-04-01T00:30:00+00:00', ...people, fields, version: i % 9 })
  const commitment = createHash('sha256').update(salt).update(text).digest('hex')
  const open = { actor: salt.toString('hex', 0, 16), at: '2026-04-01T00:30:00+00:00', commitment }
  const item = { item: uuidOf(i % 90_000), itemKind: 'ai-system', kind, organisation: people.organisation_id }
  const leaf = Buffer.from(JSON.stringify({ ...open, ...item, role: 'planner', row, type: 'changed', v: 1 }))
  return { kind, row, leaf, line: `${JSON.stringify({ index: i, row, salt: salt.toString('hex'), text })}\n` }
}

/** An export of a million entries in the documented format, with a checkpoint every 256, tile by tile. */
async function writeExport(folder: string, key: Signer): Promise<string> {
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  mkdirSync(join(folder, 'rows'), { recursive: true })
  const rows = new Map(kinds.map((kind) => [kind, openSync(join(folder, `rows/${kind}.jsonl`), 'w')]))
  const notes = openSync(join(folder, 'checkpoints.jsonl'), 'w')
  const tiles = new Map<string, Tile>()
  const read = async (level: number, n: number) => tiles.get(`${level}/${n}`)?.hashes ?? []
  const root = (size: number): Promise<Hash> => rootHash(hashesFrom(read), size)
  const noteAt = async (size: number) => signCheckpoint({ origin, size, root: await root(size) }, [key])
  const partial = (width: number) => (width === 256 ? '' : `.p/${width}`)
  for (let from = 0; from < entries; from += 256) {
    const made = Array.from({ length: Math.min(256, entries - from) }, (_, i) => entryOf(from + i))
    for (const kind of kinds) {
      const lines = made.filter((one) => one.kind === kind).map((one) => one.line)
      writeSync(rows.get(kind)!, lines.join(''))
    }
    const leaves = made.map(({ leaf }) => leaf)
    put(`tile/entries/${indexPath(from / 256)}${partial(leaves.length)}`, bundle(leaves))
    for (const tile of await appendLeaves(read, from, leaves.map(leafHash))) tiles.set(`${tile.level}/${tile.n}`, tile)
    const size = from + leaves.length
    writeSync(notes, `${JSON.stringify({ size, note: await noteAt(size), cosignatures: [] })}\n`)
  }
  for (const file of [...rows.values(), notes]) closeSync(file)
  for (const { level, n, hashes } of tiles.values())
    put(`tile/${level}/${indexPath(n)}${partial(hashes.length)}`, Buffer.concat(hashes))
  const verifier = verifierKey(verifierOf(key))
  put('checkpoint', await noteAt(entries))
  put('withheld.jsonl', '')
  put('keys.json', JSON.stringify([{ key: verifier }]))
  const told = {
    format: 'tenbin-log-export@1',
    origin,
    size: entries,
    root: (await root(entries)).toString('hex'),
    kinds,
  }
  put('log.json', JSON.stringify(told))
  writeFileSync(`${folder}.kept`, await noteAt(25_600))
  return verifier
}

/** Runs the file an auditor runs, as a process of its own. */
async function run(folder: string, verifier: string) {
  const words = ['src/audit/verify/tenbin-verify.mjs', folder, '--key', verifier, '--checkpoint', `${folder}.kept`]
  const from = performance.now()
  const child = spawn(process.execPath, [...words, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const peak = peakOf(child.pid!)
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  await once(child, 'close')
  const result = JSON.parse(out) as { ok: boolean; rows: number; checkpoints: number }
  return { seconds: (performance.now() - from) / 1000, peak: peak(), result }
}

export async function* bench(): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-bench-verify-'))
  try {
    const key = { name: origin, key: generateKeyPairSync('ed25519').privateKey }
    const verifier = await writeExport(folder, key)
    const { seconds, peak, result } = await run(folder, verifier)
    const seen = `${result.rows} rows, ${result.checkpoints} checkpoints`
    const sound = result.ok && result.rows === entries
    yield {
      ...atMost('verify, offline, one million entries', seconds, 60, 's'),
      note: seen,
      ...(sound ? {} : { pass: false }),
    }
    yield atMost('verify, offline, one million entries: memory', peak, 500, 'MB')
    const changed = join(folder, 'tile/entries', indexPath(2000))
    writeFileSync(changed, Buffer.alloc(10))
    const { result: faulty } = await run(folder, verifier)
    yield {
      name: 'verify, offline, a spoilt bundle among a million entries is found',
      value: faulty.ok ? 0 : 1,
      unit: 'found',
      target: '1 found',
      pass: !faulty.ok,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(`${folder}.kept`, { force: true })
  }
}
