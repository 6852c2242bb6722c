import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

import { keyIdOf, keyTypes, rawKey, verifierKey } from '#audit/checkpoint.ts'
import {
  entry,
  exportOf,
  type Files,
  folderWith,
  leafOf,
  type LogKey,
  type MadeEntry,
  newKey,
  origin,
  rotation,
  uuidOf,
  withholding,
} from '#test/log-export.ts'

import { folderSource, report, verify } from './tenbin-verify.mjs'

type Options = Parameters<typeof verify>[1]

const key = newKey()
const size = 700
const plain = (i: number): MadeEntry => entry(i % 3 === 0 ? 'audit_entry' : 'change', uuidOf(i), { fields: `変更${i}` })
const entries = Array.from({ length: size }, (_, i) => plain(i))
const sizes = [10, 256, 300, size]
const sound = await exportOf({ entries, sizes, signers: () => [key], keys: [key] })
const checkpointAt = (files: Files, at: number): string => {
  const lines = files.get('checkpoints.jsonl')!.toString().trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as { size: number; note: string }).find((one) => one.size === at)!.note
}
const kept = checkpointAt(sound, 300)

async function check(files: Files, options: Partial<Options> = {}) {
  const folder = folderWith(files)
  const result = await verify(folderSource(folder), { keys: [key.verifier], checkpoints: [kept], ...options })
  rmSync(folder, { recursive: true })
  return result
}
const changed = (name: string, change: (content: Buffer) => Buffer | undefined, from: Files = sound): Files => {
  const files = new Map(from)
  const content = change(Buffer.from(files.get(name)!))
  if (content === undefined) files.delete(name)
  else files.set(name, content)
  return files
}
const lineOf = (i: number, content: Buffer) =>
  content
    .toString()
    .split('\n')
    .findIndex((l) => l.includes(`"index":${i},`))
const withLines = (change: (lines: string[]) => void) => (content: Buffer) => {
  const lines = content.toString().split('\n')
  change(lines)
  return Buffer.from(lines.join('\n'))
}
/** Entries of a bundle, changed. */
const withLeaves = (change: (leaves: Buffer[]) => void) => (content: Buffer) => {
  const leaves: Buffer[] = []
  for (let i = 0; i < content.length; i += 2 + content.readUInt16BE(i))
    leaves.push(content.subarray(i + 2, i + 2 + content.readUInt16BE(i)))
  change(leaves)
  return Buffer.concat(leaves.flatMap((leaf) => [Buffer.of(leaf.length >> 8, leaf.length & 255), leaf]))
}
const row = (i: number) => ({ kind: plain(i).kind, row: uuidOf(i) })

it('a sound export is sound, and tells what was seen', async () => {
  expect(await check(sound)).toMatchObject({
    ok: true,
    origin,
    size,
    leaves: size,
    rows: size,
    withheld: 0,
    checkpoints: 4,
    faultCount: 0,
    since: [{ size: 300, ok: true }],
  })
})

describe('every kind of tampering is found and named', () => {
  const cases: [name: string, files: () => Files | Promise<Files>, faults: object[]][] = [
    [
      'a bit of a row',
      () => changed('rows/change.jsonl', (c) => Buffer.from(c.toString().replace('変更500', '変更501'))),
      [{ fault: 'row-changed', index: 500, ...row(500) }],
    ],
    [
      'a bit of a leaf',
      () =>
        changed(
          'tile/entries/001',
          withLeaves((l) => (l[44] = Buffer.from(l[44]!.toString().replace('"v":1', '"v":2')))),
        ),
      [{ fault: 'leaf-changed', index: 300, ...row(300) }],
    ],
    [
      'a bit of a tile of leaves',
      () => changed('tile/0/000', (c) => (c.writeUInt8(c[32 * 7]! ^ 4, 32 * 7), c)),
      [{ fault: 'tile-changed', level: 0, tile: 0, index: 7 }],
    ],
    [
      'a bit of a tile above',
      () => changed('tile/1/000.p/2', (c) => (c.writeUInt8(c[32]! ^ 1, 32), c)),
      [{ fault: 'tile-changed', level: 1, tile: 0, from: 256, to: 511 }],
    ],
    [
      'two leaves swapped',
      () =>
        changed(
          'tile/entries/000',
          withLeaves((l) => ([l[3], l[9]] = [l[9]!, l[3]!])),
        ),
      [
        { fault: 'leaf-moved', index: 3, at: 9, ...row(3) },
        { fault: 'leaf-moved', index: 9, at: 3, ...row(9) },
      ],
    ],
    [
      'two leaves of different bundles swapped',
      () => {
        const [a, b] = [leafOf(plain(3)), leafOf(plain(600))]
        const once = changed(
          'tile/entries/000',
          withLeaves((l) => (l[3] = b)),
        )
        return changed(
          'tile/entries/002.p/188',
          withLeaves((l) => (l[600 - 512] = a)),
          once,
        )
      },
      [
        { fault: 'leaf-moved', index: 3, at: 600, ...row(3) },
        { fault: 'leaf-moved', index: 600, at: 3, ...row(600) },
      ],
    ],
    [
      'a leaf dropped',
      () =>
        changed(
          'tile/entries/001',
          withLeaves((l) => void l.splice(10, 1)),
        ),
      [{ fault: 'leaf-missing', index: 266, ...row(266) }],
    ],
    [
      'a leaf added',
      () =>
        changed(
          'tile/entries/001',
          withLeaves((l) => void l.splice(10, 0, leafOf(entry('change', uuidOf(5, 9))))),
        ),
      [{ fault: 'leaf-added', at: 266, kind: 'change', row: uuidOf(5, 9) }],
    ],
    [
      'a row dropped',
      () =>
        changed(
          'rows/audit_entry.jsonl',
          withLines((l) => void l.splice(2, 1)),
        ),
      [{ fault: 'row-missing', index: 6, ...row(6) }],
    ],
    [
      'two rows swapped',
      () =>
        changed(
          'rows/change.jsonl',
          withLines((l) => {
            const [a, b] = [l[lineOf(100, Buffer.from(l.join('\n')))]!, l[lineOf(101, Buffer.from(l.join('\n')))]!]
            l[lineOf(100, Buffer.from(l.join('\n')))] = b.replace('"index":101', '"index":100')
            l[l.indexOf(b)] = a.replace('"index":100', '"index":101')
          }),
        ),
      [
        { fault: 'row-moved', index: 100, at: 101, ...row(100) },
        { fault: 'row-moved', index: 101, at: 100, ...row(101) },
      ],
    ],
    [
      'a row put in behind the triggers',
      () =>
        changed('rows/change.jsonl', (c) =>
          Buffer.concat([c, Buffer.from(`{"index":null,"row":"${uuidOf(1, 7)}","salt":null,"text":"{}"}\n`)]),
        ),
      [{ fault: 'row-added', kind: 'change', row: uuidOf(1, 7) }],
    ],
    [
      'a row put in at the index of another',
      () =>
        changed('rows/audit_entry.jsonl', (c) =>
          Buffer.concat([c, Buffer.from(`{"index":300,"row":"${uuidOf(1, 7)}","salt":"00","text":"{}"}\n`)]),
        ),
      [{ fault: 'row-added', at: 300, kind: 'audit_entry', row: uuidOf(1, 7) }],
    ],
    [
      'the tail cut off under the newest checkpoint',
      () => {
        const cut = new Map(
          changed(
            'tile/entries/002.p/188',
            withLeaves((l) => void l.splice(186)),
          ),
        )
        return changed(
          'rows/change.jsonl',
          withLines((l) => void l.splice(lineOf(698, Buffer.from(l.join('\n'))), 1)),
          cut,
        )
      },
      [
        { fault: 'leaf-missing', index: 698 },
        { fault: 'leaf-missing', index: 699, ...row(699) },
      ],
    ],
    [
      'set back to an old state with a checkpoint that was valid then',
      () => exportOf({ entries, sizes: [10, 256], signers: () => [key], keys: [key] }),
      [{ fault: 'rolled-back', size: 256, had: 300 }],
    ],
    [
      'a checkpoint signed by another key',
      () => exportOf({ entries, sizes, signers: (s) => [s === size ? newKey() : key], keys: [key] }),
      [{ fault: 'checkpoint-unsigned', size }],
    ],
    [
      'a history made anew with the right key, by who does not hold the checkpoint of the auditor',
      () => {
        const forged = entries.with(20, entry('change', uuidOf(20), { fields: 'なかったこと' }))
        return exportOf({ entries: forged, sizes, signers: () => [key], keys: [key] })
      },
      [{ fault: 'history-rewritten', size: 300 }],
    ],
    [
      'a history made anew with a key of its own',
      () => {
        const own = newKey()
        return exportOf({ entries: entries.toSpliced(20, 1), sizes: [699], signers: () => [own], keys: [own] })
      },
      [
        { fault: 'history-rewritten', size: 300 },
        { fault: 'checkpoint-unsigned', size: 699 },
      ],
    ],
    [
      'a row said to be withheld without a record',
      () => exportOf({ entries, sizes, signers: () => [key], keys: [key], withheld: [40] }),
      [{ fault: 'withheld-unproven', index: 40, ...row(40) }],
    ],
    [
      'a tile that is not there',
      () => changed('tile/0/001', () => undefined),
      [{ fault: 'tile-missing', level: 0, tile: 1 }],
    ],
    [
      'a file that does not belong',
      () => new Map([...sound, ['rows/other.jsonl', Buffer.from('x')]]),
      [{ fault: 'file-unexpected', name: 'rows/other.jsonl' }],
    ],
  ]
  it.each(cases)('%s', async (_, files, faults) => {
    const result = await check(await files())
    expect(result.ok).toBe(false)
    expect(result.faults).toEqual(faults.map((fault) => expect.objectContaining(fault) as unknown))
  })
  it('a checkpoint given by the auditor that another key signed', async () => {
    const other = await exportOf({ entries, sizes: [300], signers: () => [newKey()], keys: [] })
    const result = await check(sound, { checkpoints: [other.get('checkpoint')!.toString()] })
    expect(result.faults).toEqual([{ fault: 'given-checkpoint-unsigned', size: 300 }])
  })
  it('a leaf put in twice', async () => {
    const twice = entries.with(400, plain(399))
    const result = await check(await exportOf({ entries: twice, sizes, signers: () => [key], keys: [key] }))
    expect(result.faults).toContainEqual({ fault: 'leaf-twice', index: 400, ...row(399) })
  })
})

describe('rows that were taken away by rule', () => {
  const gone = [5, 41, 42].map((i) => ({ index: i, ...row(i) }))
  const record = (i: number, kind: string) =>
    withholding(
      uuidOf(i, 3),
      kind,
      gone.filter((g) => g.kind === kind).map((g) => g.row),
    )
  const log = {
    entries: entries.with(500, record(500, 'change')).with(501, record(501, 'audit_entry')),
    sizes,
    keys: [key],
    signers: () => [key],
    withheld: gone.map((g) => g.index),
  }
  it('are withheld when a later leaf records it', async () => {
    expect(await check(await exportOf(log))).toMatchObject({ ok: true, withheld: 3, rows: size - 3 })
  })
  it('are told by the rule that took them, so that an invented rule is seen', async () => {
    const result = await check(await exportOf(log))
    expect(result.rules.map(({ rule, kind }) => [rule, kind])).toEqual([
      ['retention', 'change'],
      ['retention', 'audit_entry'],
    ])
    expect(result.rules.reduce((sum, { rows }) => sum + rows, 0)).toBe(gone.length)
    expect(report(result, 'en', { compared: true })).toContain('rule: "retention" – change ')
    const invented = { ...result, rules: [{ rule: 'x\u001b[2Kok\nSound', kind: 'change', rows: 1 }] }
    expect(report(invented, 'en', { compared: true })).toContain('rule: "x\\u001b[2Kok\\nSound" – change 1')
  })
  it('are not when the record came before the leaf', async () => {
    const early = { ...log, entries: log.entries.with(1, record(1, 'change')).with(500, plain(500)) }
    expect((await check(await exportOf(early), { checkpoints: [] })).faults).toEqual(
      gone.filter((g) => g.kind === 'change').map((g) => ({ fault: 'withheld-unproven', ...g })),
    )
  })
  it('may be put in again under a leaf of its own', async () => {
    const again = { ...log, entries: log.entries.with(600, plain(5)) }
    expect((await check(await exportOf(again))).faults).toEqual([])
  })
})

describe('keys', () => {
  const fresh = newKey()
  const rotated = (signedBy: LogKey = key) => entries.with(280, rotation(uuidOf(280), key, fresh, signedBy))
  const signers = (at: number) => (at <= 280 ? [key] : at === 300 ? [key, fresh] : [fresh])
  it('who trusts the old key finds the new one in the log, and the other way round', async () => {
    const files = await exportOf({ entries: rotated(), sizes, signers, keys: [key, fresh] })
    const old = await exportOf({ entries: rotated(), sizes: [10], signers, keys: [key] })
    const checkpoints = [old.get('checkpoint')!.toString()]
    for (const known of [key, fresh])
      expect((await check(files, { keys: [known.verifier], checkpoints })).faults).toEqual([])
  })
  it('a rotation that the old key did not sign is none', async () => {
    const forged = await exportOf({ entries: rotated(fresh), sizes, signers, keys: [key, fresh] })
    const { counts } = await check(forged, { checkpoints: [] })
    expect(counts).toEqual({ 'rotation-unsigned': 1, 'checkpoint-unsigned': 1 })
  })
  it('a key that was replaced signs nothing any more', async () => {
    const files = await exportOf({ entries: rotated(), sizes, signers: () => [key], keys: [key, fresh] })
    const { faults } = await check(files, { checkpoints: [] })
    expect(faults).toEqual([300, 700].map((at) => ({ fault: 'checkpoint-unsigned', size: at })))
  })
})

describe('cosignatures of witnesses', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const witness = { name: 'witness.example', type: keyTypes.cosignature, publicKey: rawKey(privateKey) }
  const time = 1_790_000_000
  const cosign = (body: string) => {
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(BigInt(time))
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), privateKey)
    const line = Buffer.concat([Buffer.from(keyIdOf(witness), 'hex'), stamp, signature])
    return `— ${witness.name} ${line.toString('base64')}\n`
  }
  const log = { entries, sizes, signers: () => [key], keys: [key] }
  const witnesses = [verifierKey(witness)]
  it('are told with their time', async () => {
    const { cosignatures, ok } = await check(await exportOf({ ...log, cosign }), { witnesses })
    expect([ok, cosignatures]).toEqual([
      true,
      [{ witness: witness.name, size, at: new Date(time * 1000).toISOString() }],
    ])
  })
  it('are asked for by who names a witness', async () => {
    expect((await check(sound, { witnesses })).faults).toEqual([{ fault: 'cosignature-missing', name: witness.name }])
  })
  it('are wrong over another checkpoint', async () => {
    const wrong = await exportOf({ ...log, cosign: (body) => cosign(body.replace('\n700\n', '\n701\n')) })
    const { faults } = await check(wrong, { witnesses })
    expect(faults.map(({ fault }) => fault)).toEqual(['cosignature-wrong', 'cosignature-missing'])
  })
})

it('one changed byte, one byte more or one byte less is found, wherever it is', async () => {
  const names = [...sound.keys()]
  const mutation = fc.record({
    name: fc.constantFrom(...names),
    at: fc.nat(),
    how: fc.constantFrom('change', 'remove', 'insert', 'cut'),
    byte: fc.integer({ min: 1, max: 255 }),
  })
  await fc.assert(
    fc.asyncProperty(mutation, async ({ name, at, how, byte }) => {
      const files = changed(name, (content) => {
        const i = at % content.length
        if (how === 'cut') return content.subarray(0, i)
        if (how === 'remove') return Buffer.concat([content.subarray(0, i), content.subarray(i + 1)])
        if (how === 'insert') return Buffer.concat([content.subarray(0, i), Buffer.of(byte), content.subarray(i)])
        content[i]! ^= byte
        return content
      })
      if (meansTheSame(name, sound.get(name)!, files.get(name)!)) return
      const result = await check(files)
      expect(result.ok, `${how} ${name} at ${at % sound.get(name)!.length}`).toBe(false)
      expect(result.faults.length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})

describe('the file alone, carried away to a folder of its own', () => {
  const away = mkdtempSync(join(tmpdir(), 'tenbin-auditor-'))
  const file = join(away, 'tenbin-verify.mjs')
  copyFileSync(new URL('tenbin-verify.mjs', import.meta.url), file)
  writeFileSync(join(away, 'kept'), kept)
  const [good, bad] = [folderWith(sound), folderWith(changed('rows/change.jsonl', (c) => c.subarray(0, 50)))]
  afterAll(() => [away, good, bad].forEach((folder) => rmSync(folder, { recursive: true })))
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [file, ...words], { encoding: 'utf8', cwd: away, env: { LANG: 'ja_JP.UTF-8' } })
  const asked = ['--key', key.verifier, '--checkpoint', 'kept']

  it('says 0 of a sound export, in Japanese or in English, and keeps the checkpoint for the next time', () => {
    const ja = run(good, ...asked, '--save', 'next')
    expect([ja.status, ja.stderr]).toEqual([0, ''])
    expect(ja.stdout).toContain('欠けた記録も、変えられた記録もありません。')
    expect(readFileSync(join(away, 'next'), 'utf8')).toBe(sound.get('checkpoint')!.toString())
    const en = run(good, '--key', key.verifier, '--checkpoint', 'next', '--lang', 'en')
    expect([en.status, en.stdout]).toEqual([0, expect.stringContaining('Sound: no entry is missing')])
  })
  it('says 1 of faults, names each, and gives all of it as JSON', () => {
    const { status, stdout } = run(bad, ...asked)
    expect([status, stdout]).toEqual([1, expect.stringContaining('行がありません')])
    const json = run(bad, ...asked, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, counts: { 'row-missing': 466 } })
  })
  it.each([
    ['no key', [good]],
    ['a key that is none', [good, '--key', 'x']],
    ['no folder', asked],
    ['a folder that is not there', ['nowhere', ...asked]],
    ['a checkpoint that is not there', [good, '--key', key.verifier, '--checkpoint', 'nowhere']],
    ['an option that is none', [good, ...asked, '--nonsense']],
  ])('says 2 of wrong use: %s', (_, words) => {
    const { status, stdout, stderr } = run(...words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('tenbin-verify.mjs')
  })
  it('says so when there is no earlier checkpoint to compare with', () => {
    expect(run(good, '--key', key.verifier).stdout).toContain('前回のチェックポイントがない')
  })
})

/** JSON says some things in more than one way: blanks, escapes. */
function meansTheSame(name: string, before: Buffer, after: Buffer): boolean {
  if (!/\.jsonl?$/.test(name)) return false
  const plainly = (content: Buffer) =>
    content
      .toString()
      .split('\n')
      .map((line) => JSON.parse(line || 'null') as unknown)
  try {
    return JSON.stringify(plainly(before)) === JSON.stringify(plainly(after))
  } catch {
    return false
  }
}
